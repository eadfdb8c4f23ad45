import { describe, expect, it } from 'vitest';

import { multipart, sizeOf } from './multipart.ts';
import type { FileSource } from './multipart.ts';
import type { StreamedBody } from './transport.ts';

const name = 'thực đơn.pdf';
const contentType = 'application/pdf';
const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
const blob = new Blob([bytes]);

/** Bytes that come in two pieces, and a count of how often they were read. */
function countedSource(): FileSource & { readonly opened: () => number } {
  let opened = 0;
  return {
    sizeBytes: bytes.length,
    opened: () => opened,
    async *open() {
      opened += 1;
      yield bytes.slice(0, 100);
      yield bytes.slice(100);
    },
  };
}

function formOf(body: StreamedBody): Promise<FormData> {
  const headers = { 'content-type': body.contentType };
  return new Response(ReadableStream.from(body.open()), { headers }).formData();
}

describe('a form with a file', () => {
  it.each([
    ['a Blob', blob],
    ['a source', countedSource()],
  ])('holds its fields, then the bytes of %s as filedata', async (_what, data) => {
    const message = { attachment: { type: 'file', payload: { is_reusable: true } } };
    const form = await formOf(multipart({ message, note: 'áo' }, { data, name, contentType }));

    expect([...form.keys()]).toEqual(['message', 'note', 'filedata']);
    expect(form.get('note')).toBe('áo');
    expect(form.get('message')).toBe(JSON.stringify(message));
    const file = form.get('filedata');
    expect(file).toMatchObject({ name, type: contentType });
    expect(file instanceof File && new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
  });

  it('knows its size before it is read', async () => {
    const body = multipart({ note: 'tiếng Việt' }, { data: blob, name, contentType });
    let size = 0;
    for await (const part of body.open()) size += part.length;
    expect(size).toBe(body.sizeBytes);
  });

  it('reads the file when it is opened, each time from its start, and not before', async () => {
    const data = countedSource();
    const body = multipart({}, { data, name, contentType });
    expect(data.opened()).toBe(0);
    for (const times of [1, 2]) {
      const form = await formOf(body);
      expect(form.get('filedata')).toMatchObject({ size: bytes.length });
      expect(data.opened()).toBe(times);
    }
  });

  it.each(['a'.repeat(100), 'Thực-đơn_2026.pdf', 'thực đơn'.normalize('NFD')])(
    'may be named %s',
    async (given) => {
      const form = await formOf(multipart({}, { data: blob, name: given, contentType }));
      expect(form.get('filedata')).toMatchObject({ name: given });
    },
  );

  it.each([
    ['file.name', '', contentType],
    ['file.name', 'a'.repeat(101), contentType],
    ['file.name', '../secret', contentType],
    ['file.name', 'a"; name="access_token', contentType],
    ['file.name', 'a\r\nx-header: 1', contentType],
    ['file.name', 'a\n', contentType],
    ['file.contentType', name, ''],
    ['file.contentType', name, 'pdf'],
    ['file.contentType', name, 'application/pdf\r\nx: 1'],
    ['file.contentType', name, 'application/pdf\n'],
  ])('refuses a %s that would break the form: %j, %j', (field, given, type) => {
    expect(() => multipart({}, { data: blob, name: given, contentType: type })).toThrow(
      expect.objectContaining({ field }),
    );
  });
});

it.each([blob, countedSource()])('the size of a file is told without reading it', (data) => {
  expect(sizeOf({ data, name, contentType })).toBe(bytes.length);
});
