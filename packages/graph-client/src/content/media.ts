import { z } from 'zod';

import { httpUrl, id } from '../limits.ts';

/** What a file is. */
export type MediaType = 'image' | 'audio' | 'video' | 'file';

/** A file that Meta fetches, or one that it already has. */
export type MediaSource =
  | {
      /**
       * Meta fetches it within 10 seconds (video: 75); an image has at most 8 MB, everything else
       * 25 MB.
       */
      readonly url: string;
    }
  | {
      /** From `attachments.upload`; works for 90 days and for the Page that uploaded it. */
      readonly attachmentId: string;
    };

/**
 * A picture, sound, video or file.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/send-messages#sending_attachments
 */
export type Media = MediaSource & {
  readonly type: MediaType;
  /** Keeps the file, so that its id can be sent again. Default false. */
  readonly isReusable?: boolean | undefined;
};

export const mediaType: z.ZodEnum<{
  image: 'image';
  audio: 'audio';
  video: 'video';
  file: 'file';
}> = z.enum(['image', 'audio', 'video', 'file']);

/** One of several pictures in one message. */
export const mediaSource: z.ZodType<MediaSource> = z.union([
  z.strictObject({ url: httpUrl }),
  z.strictObject({ attachmentId: id }),
]);

const common = { type: mediaType, isReusable: z.boolean().optional() };

export const media: z.ZodType<Media> = z.union([
  z.strictObject({ ...common, url: httpUrl }),
  z.strictObject({ ...common, attachmentId: id }),
]);

/** As Graph nests it. */
export function toGraphAttachment({ type, ...payload }: Media): object {
  return { type, payload };
}
