import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { attachmentId, type Random } from '../random.ts';
import { type MediaType, mediaType } from './attachments.ts';
import type { Fields } from './bodies.ts';
import { badParameter } from './errors.ts';
import { httpUrl, parseParameters } from './parameters.ts';
import type { Resource } from './resource.ts';

/** What a saved attachment is: a file's bytes, or an address where it lies. */
export interface SavedAttachment {
  readonly pageId: string;
  readonly type: MediaType;
  readonly savedAt: number;
  readonly content:
    | { readonly url: string }
    | { readonly bytes: Buffer; readonly contentType: string };
}

/** The Pages' saved attachments. */
export interface Uploads extends Resource {
  /** Keeps one; answers its id. */
  add(pageId: string, type: MediaType, content: SavedAttachment['content']): string;
  typeOf(pageId: string, id: string): MediaType | 'expired' | undefined;
  get(id: string): SavedAttachment | undefined;
}

/** An id is good for 90 days, and for its own Page (Saving Assets, 2026-04-22). */
const LIFETIME_MS = 90 * 24 * 60 * 60 * 1_000;

/** 8 MB for images, 25 MB for others (Saving Assets, 2026-04-22), read as the smaller megabyte. */
const IMAGE_BYTES = 8_000_000;
const OTHER_BYTES = 25_000_000;

const uploadBody = z
  .strictObject({
    message: z.strictObject({
      attachment: z.strictObject({
        type: mediaType,
        payload: z.strictObject({
          url: httpUrl.optional(),
          is_reusable: z.boolean().optional(),
        }),
      }),
    }),
    platform: z.literal('messenger').optional(),
    filedata: z.instanceof(File, { error: 'must be a file' }).optional(),
  })
  .refine(
    ({ message, filedata }) =>
      (message.attachment.payload.url === undefined) !== (filedata === undefined),
    { path: ['filedata'], error: 'must be given when there is no payload[url], and only then' },
  );

export function createUploads(clock: Clock, random: Random): Uploads {
  const saved = new Map<string, SavedAttachment>();

  const add: Uploads['add'] = (pageId, type, content) => {
    const id = attachmentId(random);
    saved.set(id, { pageId, type, content, savedAt: clock.now() });
    return id;
  };

  return {
    add,
    get: (id) => saved.get(id),
    typeOf(pageId, id) {
      const found = saved.get(id);
      if (found?.pageId !== pageId) return undefined;
      return clock.now() - found.savedAt > LIFETIME_MS ? 'expired' : found.type;
    },
    calls: {
      'POST page/message_attachments': async ({ pageId, parameters }) => {
        const { type, file, url } = parseUpload(parameters);
        const content =
          file === undefined
            ? { url }
            : { bytes: Buffer.from(await file.arrayBuffer()), contentType: file.type };
        return { attachment_id: add(pageId, type, content) };
      },
    },
  };
}

/** Reads a body of `POST /<page>/message_attachments`; answers what is to be saved. */
function parseUpload(body: Fields): { type: MediaType; url: string; file: File | undefined } {
  const { message, filedata } = parseParameters(uploadBody, body);
  const { type, payload } = message.attachment;
  const { url = '' } = payload;
  if (filedata === undefined) return { type, url, file: undefined };
  if (type !== 'file' && !filedata.type.startsWith(`${type}/`)) {
    throw badParameter(`Param filedata must be of a content type ${type}/*`, 2018047);
  }
  const limit = type === 'image' ? IMAGE_BYTES : OTHER_BYTES;
  if (filedata.size === 0 || filedata.size > limit) {
    throw badParameter(`Param filedata must have 1 to ${limit} bytes`, 2018109);
  }
  return { type, url, file: filedata };
}
