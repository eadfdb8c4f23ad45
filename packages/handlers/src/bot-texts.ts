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

/** Words by which a person goes back or gives up in a flow, folded as {@link fold} does. */
export const flowWords: { readonly back: readonly string[]; readonly cancel: readonly string[] } = {
  back: ['quay lai', 'tro lai', 'back', 'go back'],
  cancel: ['huy', 'huy bo', 'thoi', 'thoat', 'dung', 'dung lai', 'cancel', 'stop', 'quit'],
};
