import { z } from 'zod';

import type { MakeCall } from '../graph-call.ts';
import { check } from '../check.ts';
import { id, text } from '../limits.ts';
import { answeredId, maybe } from './answers.ts';
import type { CallOptions } from './call-options.ts';
import { paged } from './paging.ts';

/** A sticker, whose id a message takes as `stickerId`. */
export interface Sticker {
  readonly id: string;
  readonly name?: string | undefined;
  readonly label?: string | undefined;
  /** An address of its picture, which expires. */
  readonly url?: string | undefined;
}

/**
 * Messenger's stickers. Meta wants an **app** token here: make a client whose `accessToken` is
 * `<app id>|<app secret>`.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/send-messages/stickers
 */
export interface Stickers {
  /** The packs there are. */
  packs(options?: CallOptions): AsyncIterable<Sticker>;
  /** The stickers of a pack. */
  inPack(packId: string, options?: CallOptions): AsyncIterable<Sticker>;
  /**
   * Finds stickers.
   *
   * @example
   * for await (const { id } of appGraph.stickers.search('cảm ơn', { locale: 'vi_VN' })) use(id);
   *
   * @throws RequestError, GraphApiError, TransportError or ParkedError, as in {@link Messages.send}.
   */
  search(
    words: string,
    options?: CallOptions & {
      /** Such as `vi_VN`. */
      readonly locale?: string | undefined;
    },
  ): AsyncIterable<Sticker>;
}

const word = maybe(z.string());
const sticker: z.ZodType<Sticker> = z.object({
  id: answeredId,
  name: word,
  label: word,
  url: word,
});
const wordsOf = text(200);

export function createStickers(makeCall: MakeCall): Stickers {
  const list = (
    path: string,
    { signal }: CallOptions = {},
    query?: Readonly<Record<string, string | undefined>>,
  ): AsyncIterable<Sticker> => paged(makeCall, { method: 'GET', path, query, signal }, sticker);
  return {
    packs: (options) => list('sticker_packs', options),
    inPack: (packId, options) =>
      list(`sticker_packs/${check('sticker.packId', id, packId)}/stickers`, options),
    search: (words, options) =>
      list('sticker_search', options, {
        q: check('sticker.words', wordsOf, words),
        locale: options?.locale,
      }),
  };
}
