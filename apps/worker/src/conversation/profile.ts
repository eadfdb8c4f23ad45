import type { ProfileSettings } from '@bot/graph-client';
import { HELP } from './help.ts';
import { LANGUAGE } from './language.ts';
import { texts } from './texts.ts';
import { GET_STARTED } from './welcome.ts';

/** What the Page shows around its conversations; `bot menu apply` brings it there. */
export const profile: ProfileSettings = {
  getStarted: { payload: GET_STARTED },
  greeting: [
    { locale: 'default', text: 'Chào {{user_first_name}}! Bạn nhắn gì, mình nhắc lại nấy.' },
    { locale: 'en_US', text: 'Hello {{user_first_name}}! I say back what you write.' },
  ],
  persistentMenu: [
    { locale: 'default', callToActions: menuOf('vi') },
    { locale: 'en_US', callToActions: menuOf('en') },
  ],
};

function menuOf(locale: string): { type: 'postback'; title: string; payload: string }[] {
  const { helpTitle } = texts(locale);
  return [
    { type: 'postback', title: helpTitle, payload: HELP },
    { type: 'postback', title: 'Tiếng Việt / English', payload: LANGUAGE },
  ];
}
