/** Who has a conversation: a human at the Page's inbox, the bot's app, or nobody. */
export type Owner = 'human' | 'bot' | 'nobody';

/** https://developers.facebook.com/docs/messenger-platform/handover-protocol: the Page's inbox. */
const PAGE_INBOX_APP_ID = '263902037430900';

export function ownerOf(appId: string | undefined): Owner {
  if (appId === undefined) return 'nobody';
  return appId === PAGE_INBOX_APP_ID ? 'human' : 'bot';
}
