import { createTexts } from './texts.ts';

/** What this package says by itself. */
interface BotTexts {
  readonly apology: string;
  readonly flowCancelled: string;
  readonly invalidChoice: string;
  readonly back: string;
  readonly cancel: string;
}

/** Everything that this package says by itself, by language. */
export const botTexts: (locale: string) => BotTexts = createTexts(
  'vi',
  {
    apology: 'Xin lỗi, mình đang gặp trục trặc. Bạn thử lại sau ít phút nhé!',
    flowCancelled: 'Mình dừng ở đây nhé. Khi nào cần, bạn cứ nhắn lại!',
    invalidChoice: 'Mình chưa hiểu câu trả lời này.',
    back: 'Quay lại',
    cancel: 'Hủy',
  },
  {
    en: {
      apology: 'Sorry, something went wrong. Please try again in a few minutes!',
      flowCancelled: 'Let us stop here. Write to me whenever you like!',
      invalidChoice: 'I did not understand that answer.',
      back: 'Back',
      cancel: 'Cancel',
    },
  },
);

/**
 * What a person writes to go back or to give up in a flow, and nothing else with it. Accents count:
 * "Huy" and "Dũng" are names, "đúng" is a yes.
 */
export const flowWords: { readonly back: readonly string[]; readonly cancel: readonly string[] } = {
  back: ['quay lại', 'quay lai', 'trở lại', 'tro lai', 'back', 'go back'],
  cancel: [
    'hủy',
    'huỷ',
    'hủy bỏ',
    'huỷ bỏ',
    'huy bo',
    'thôi',
    'thoát',
    'dừng',
    'dừng lại',
    'cancel',
    'stop',
    'quit',
  ],
};
