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
      'GET root/sticker_packs': ({ parameters }) =>
        listOf([PACK], parameters, 'sticker_packs', USUAL),
      'GET root/sticker_packs/stickers': ({ id, parameters }) =>
        listOf(id === PACK.id ? stickers() : [], parameters, `sticker_packs/${id}/stickers`, USUAL),
      'GET root/sticker_search': ({ parameters }) => {
        const { q: words } = parameters;
        const found = stickers().filter(
          ({ label = '' }) =>
            typeof words === 'string' && label.toLowerCase().includes(words.toLowerCase()),
        );
        return listOf(found, parameters, 'sticker_search', USUAL);
      },
    },
  };
}
