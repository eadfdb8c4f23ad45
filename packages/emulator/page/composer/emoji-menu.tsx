import type { JSX } from 'preact';
import { words } from '../live/language.ts';
import { Popover } from '../parts/popover.tsx';

/** What is used most; the keyboard has the rest. */
const emoji =
  '❤️ 😀 😂 😊 😍 🥰 😘 😉 😎 🤔 😅 😢 😭 😡 😱 👍 👎 👏 🙏 💪 👋 🎉 🔥 ✨ 💯 🍵 🌸 🌿 🎁 🛒 📦 📍 ⏰ 🌞 🌙'.split(
    ' ',
  );

export function EmojiMenu({
  onChoose,
}: {
  readonly onChoose: (emoji: string) => void;
}): JSX.Element {
  return (
    <Popover icon="smile" label={words.value.text('emoji')} class="emoji-menu gives-way">
      {(close) =>
        emoji.map((each) => (
          <button
            key={each}
            type="button"
            class="face"
            onClick={() => {
              close();
              onChoose(each);
            }}
          >
            {each}
          </button>
        ))
      }
    </Popover>
  );
}
