import { RequestError } from './errors.ts';
import { toJson } from './graph-json.ts';
import type { StreamedBody } from './transport.ts';

/** Bytes of a known length that can be read again from their start, for a second attempt. */
export interface FileSource {
  readonly sizeBytes: number;
  /** Starts reading; called once for each attempt. */
  open(): AsyncIterable<Uint8Array>;
}

/** A file to send. A `Blob` of `fs.openAsBlob(path)` is read from the disk as it is sent. */
export interface UploadFile {
  readonly data: Blob | FileSource;
  /** File name, which Meta may show: letters, digits and `._ -`, at most 100. */
  readonly name: string;
  /** Such as `image/png`. */
  readonly contentType: string;
}

const NAME = /^[\p{L}\p{N}\p{M}._ -]{1,100}$/u;
const CONTENT_TYPE = /^[\w.+-]{1,60}\/[\w.+-]{1,60}(?:; ?[\w-]{1,30}=[\w.-]{1,60})?$/;

/** How many bytes the file has. */
export function sizeOf({ data }: UploadFile): number {
  return data instanceof Blob ? data.size : data.sizeBytes;
}

/**
 * `multipart/form-data`: the fields, those that are no strings as JSON, then the file in the part
 * `filedata`. Never holds the file in memory.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/reference/attachment-upload-api
 */
export function multipart(
  fields: Readonly<Record<string, unknown>>,
  file: UploadFile,
): StreamedBody {
  const { data, name, contentType } = file;
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw new RequestError('file.name', 'must be letters, digits, and ._ - only, at most 100.');
  }
  if (!CONTENT_TYPE.test(contentType)) {
    throw new RequestError('file.contentType', 'must look like image/png.');
  }
  const parts = Object.entries(fields).map(
    ([field, value]) =>
      `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n` +
      `${typeof value === 'string' ? value : toJson(value)}\r\n`,
  );
  const head = Buffer.from(
    `${parts.join('')}--${BOUNDARY}\r\n` +
      `content-disposition: form-data; name="filedata"; filename="${name}"\r\n` +
      `content-type: ${contentType}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${BOUNDARY}--\r\n`);
  return {
    contentType: `multipart/form-data; boundary=${BOUNDARY}`,
    sizeBytes: head.length + sizeOf(file) + tail.length,
    async *open() {
      yield head;
      yield* data instanceof Blob ? data.stream() : data.open();
      yield tail;
    },
  };
}

/**
 * May stand inside the file: Meta's side then finds a wrong length and refuses. 128 fixed random
 * bits make that as good as impossible for a file that was not made for it.
 */
const BOUNDARY = '----bot-graph-client-6e1f0c9a7d3b4852a94c0d7be2f81356';
