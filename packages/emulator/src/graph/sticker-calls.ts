import { listOf } from './lists.ts';
import type { Resource } from './resource.ts';

const PACK = { id: '369239263222', name: 'Messenger' };
const USUAL = ['name', 'label', 'url'];

/** A catalogue of one pack, of what the chat page has pictures for. */
export function createStickerCalls(origin: () => string): Resource {
  const stickers = (): readonly Record<string, string>[] => [
    { id: '369239263222822', name: 'like', label: 'Thích / Like', url: `${origin()}/like.svg` },
  ];
  return {
    calls: {
      'GET root/sticker_packs': (asked) => listOf([PACK], asked, USUAL),
      'GET root/sticker_packs/stickers': (asked) =>
        listOf(asked.id === PACK.id ? stickers() : [], asked, USUAL),
      'GET root/sticker_search': (asked) => {
        const { q: words } = asked.parameters;
        const found = stickers().filter(
          ({ label = '' }) =>
            typeof words === 'string' && label.toLowerCase().includes(words.toLowerCase()),
        );
        return listOf(found, asked, USUAL);
      },
    },
  };
}
