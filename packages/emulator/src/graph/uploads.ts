import { z } from 'zod';
import { attachmentId, type Random } from '../random.ts';
import { type MediaType, mediaType } from './attachments.ts';
import type { Fields } from './bodies.ts';
import { badParameter } from './errors.ts';
import { httpUrl, parseParameters } from './parameters.ts';

/** The Page's saved attachments. */
export interface Uploads {
  /** Keeps one; answers its id. */
  add(type: MediaType): string;
  typeOf(id: string): MediaType | undefined;
}

/** Without the 90 days after which Meta forgets an id. */
export function createUploads(random: Random): Uploads {
  const types = new Map<string, MediaType>();
  return {
    add(type) {
      const id = attachmentId(random);
      types.set(id, type);
      return id;
    },
    typeOf: (id) => types.get(id),
  };
}

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
    filedata: z.instanceof(File, { error: 'must be a file' }).optional(),
  })
  .refine(
    ({ message, filedata }) =>
      (message.attachment.payload.url === undefined) !== (filedata === undefined),
    { path: ['filedata'], error: 'must be given when there is no payload[url], and only then' },
  );

/** Reads a body of `POST /<page>/message_attachments`; answers what is to be saved. */
export function parseUpload(body: Fields): MediaType {
  const { message, filedata } = parseParameters(uploadBody, body);
  const { type } = message.attachment;
  if (filedata === undefined) return type;
  if (type !== 'file' && !filedata.type.startsWith(`${type}/`)) {
    throw badParameter(`Param filedata must be of a content type ${type}/*`, 2018047);
  }
  const limit = type === 'image' ? IMAGE_BYTES : OTHER_BYTES;
  if (filedata.size === 0 || filedata.size > limit) {
    throw badParameter(`Param filedata must have 1 to ${limit} bytes`, 2018109);
  }
  return type;
}
