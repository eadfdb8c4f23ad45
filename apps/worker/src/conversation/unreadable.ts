import type { Bot } from '@bot/handlers';

const kinds = new Map<string, readonly [vietnamese: string, english: string]>([
  ['sticker', ['sticker', 'stickers']],
  ['image', ['hình ảnh', 'images']],
  ['video', ['video', 'videos']],
  ['audio', ['tin nhắn thoại', 'voice messages']],
  ['file', ['tệp', 'files']],
  ['location', ['vị trí', 'locations']],
]);
const anything = ['nội dung này', 'this'] as const;

/** Answers what the bot cannot read with a friendly sentence that says what it saw. */
export function askForText(bot: Bot): Bot {
  return bot.on('attachments', (turn) => {
    const [vietnamese, english] = kinds.get(turn.event.attachments[0]?.type ?? '') ?? anything;
    return turn.reply(
      `Mình chưa xem được ${vietnamese}, bạn nhắn bằng chữ giúp mình nhé! 😊\n` +
        `(I cannot read ${english} yet, please write to me.)`,
    );
  });
}
