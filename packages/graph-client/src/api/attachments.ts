import { z } from 'zod';

import { mediaType } from '../content/media.ts';
import type { MediaType } from '../content/media.ts';
import { RequestError } from '../errors.ts';
import type { MakeCall } from '../graph-call.ts';
import { check } from '../check.ts';
import { httpUrl } from '../limits.ts';
import { sizeOf } from '../multipart.ts';
import type { UploadFile } from '../multipart.ts';
import { answeredId, read } from './answers.ts';

/** A file for Meta to keep: its address, or its bytes. */
export type Upload = {
  readonly type: MediaType;
  /** May be sent any number of times. Default true. */
  readonly isReusable?: boolean | undefined;
  /** Longest time, in milliseconds. Default 120,000: Meta may take 75 seconds to fetch a video. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
} & ({ readonly url: string } | { readonly file: UploadFile });

/** Files kept at Meta. @see https://developers.facebook.com/docs/messenger-platform/reference/attachment-upload-api */
export interface Attachments {
  /**
   * Hands a file to Meta and answers its id, which works for 90 days and for this Page. An image
   * has at most 8 MB, everything else 25 MB. Bytes are streamed.
   *
   * @example
   * const data = await openAsBlob('thuc-don.pdf');
   * const file = { data, name: 'thuc-don.pdf', contentType: 'application/pdf' };
   * const { attachmentId } = await graph.attachments.upload({ type: 'file', file });
   *
   * @throws RequestError, GraphApiError, TransportError or ParkedError, as in {@link Messages.send}.
   */
  upload(upload: Upload): Promise<{ readonly attachmentId: string }>;
}

/** Meta says MB and not which; the smaller reading passes in both. */
const MB = 1_000_000;
const UPLOAD_TIMEOUT_MS = 120_000;

const answer = z.object({ attachment_id: answeredId });

export function createAttachments(makeCall: MakeCall, pageId: string): Attachments {
  const path = `${pageId}/message_attachments`;
  return {
    upload: async ({
      type,
      isReusable = true,
      timeoutMs = UPLOAD_TIMEOUT_MS,
      signal,
      ...source
    }) => {
      check('upload.type', mediaType, type);
      if ('url' in source === 'file' in source) {
        throw new RequestError('upload', 'must have either a url or a file.');
      }
      const url = 'url' in source ? check('upload.url', httpUrl, source.url) : undefined;
      const file = 'file' in source ? checkSize(type, source.file) : undefined;
      const payload = { ...(url !== undefined && { url }), is_reusable: isReusable };
      const body = { message: { attachment: { type, payload } } };
      const given = await makeCall({ method: 'POST', path, body, file, timeoutMs, signal });
      return { attachmentId: read(answer, given, `POST ${path}`).attachment_id };
    },
  };
}

function checkSize(type: MediaType, file: UploadFile): UploadFile {
  const most = (type === 'image' ? 8 : 25) * MB;
  const size = sizeOf(file);
  if (!(size > 0 && size <= most)) {
    throw new RequestError('upload.file', `must have 1 to ${most} bytes, and has ${size}.`);
  }
  return file;
}
