import { describe, expect, it } from 'vitest';

import { createGraphClient } from '../client.ts';
import { TransportError } from '../errors.ts';
import type { FileSource } from '../multipart.ts';
import type { PipelineOptions } from '../pipeline/pipeline.ts';
import { createFakeTransport, createManualClock } from '../testing/index.ts';
import type { FakeAnswer, ManualClock, RecordedRequest } from '../testing/index.ts';
import type { Attachments, Upload } from './attachments.ts';

const url = 'https://example.com/ao-dai.png';
const name = 'thực-đơn.pdf';
const contentType = 'application/pdf';
const bytes = Uint8Array.of(0, 1, 128, 255);
const uploaded: FakeAnswer = { body: { attachment_id: '1745504518999123' } };

function client(
  answers: readonly FakeAnswer[] = [uploaded],
  pipeline: PipelineOptions = { retry: false, rateLimit: false, breaker: false },
): { attachments: Attachments; requests: readonly RecordedRequest[]; clock: ManualClock } {
  const transport = createFakeTransport({ answers });
  const clock = createManualClock();
  const options = { accessToken: 'token', transport, pipeline, clock, random: () => 0 };
  return {
    attachments: createGraphClient(options).attachments,
    requests: transport.requests,
    clock,
  };
}

/** A file that says how large it is, and counts how often it was opened. */
function source(sizeBytes: number = bytes.length): FileSource & { readonly opened: () => number } {
  let opened = 0;
  return {
    sizeBytes,
    opened: () => opened,
    async *open() {
      opened += 1;
      yield bytes;
    },
  };
}

describe('an upload', () => {
  it.each([
    [undefined, true],
    [true, true],
    [false, false],
  ])('by address, isReusable %s, names the address to Meta', async (isReusable, expected) => {
    const { attachments, requests } = client();
    const answer = await attachments.upload({ type: 'video', url, isReusable });
    expect(answer).toStrictEqual({ attachmentId: '1745504518999123' });
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: 'POST', path: '/v26.0/me/message_attachments' });
    expect(requests[0]?.headers['content-type']).toBe('application/json');
    expect(requests[0]?.body).toStrictEqual({
      message: { attachment: { type: 'video', payload: { url, is_reusable: expected } } },
    });
  });

  it.each([
    ['a Blob', new Blob([bytes])],
    ['a source', source()],
  ])('of %s carries its bytes, name and type beside the message', async (_what, data) => {
    const { attachments, requests } = client();
    const answer = await attachments.upload({ type: 'file', file: { data, name, contentType } });
    expect(answer).toStrictEqual({ attachmentId: '1745504518999123' });
    expect(requests[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    const { message, filedata, ...more } = Object(requests[0]?.body);
    expect(message).toStrictEqual({
      attachment: { type: 'file', payload: { is_reusable: true } },
    });
    expect(more).toEqual({});
    expect(filedata).toBeInstanceOf(File);
    expect(filedata).toMatchObject({ name, type: contentType, size: bytes.length });
    expect(new Uint8Array(await filedata.arrayBuffer())).toEqual(bytes);
  });

  it('opens its source again for each attempt', async () => {
    const unreachable = new TransportError('connect', 'no way', { outcome: 'not-executed' });
    const { attachments, requests, clock } = client([unreachable, uploaded], {
      retry: { firstDelayMs: 100 },
    });
    const data = source();
    const uploading = attachments.upload({ type: 'file', file: { data, name, contentType } });
    await expect.poll(() => clock.pending).toBe(2);
    expect(data.opened()).toBe(1);
    clock.advance(100);
    await expect(uploading).resolves.toEqual({ attachmentId: '1745504518999123' });
    expect(data.opened()).toBe(2);
    expect(requests.map(({ body }) => Object(body).filedata.size)).toEqual([4, 4]);
  });

  it.each([
    [undefined, 120_000],
    [5_000, 5_000],
  ])('with timeoutMs %s is given up after %d ms', async (timeoutMs, expected) => {
    const { attachments, clock } = client(['hang']);
    const uploading = attachments.upload({ type: 'video', url, timeoutMs });
    uploading.catch(() => {});
    clock.advance(expected - 1);
    expect(clock.pending).toBe(1);
    clock.advance(1);
    await expect(uploading).rejects.toMatchObject({
      reason: 'timeout',
      message: expect.stringContaining(`within ${expected} ms`),
    });
  });

  it.each([
    ['image', 8_000_000],
    ['audio', 25_000_000],
    ['video', 25_000_000],
    ['file', 25_000_000],
  ] as const)('of %s has at most %d bytes, and is refused unread else', async (type, most) => {
    for (const size of [0, most + 1, Number.NaN]) {
      const { attachments, requests } = client();
      const data = source(size);
      const uploading = attachments.upload({ type, file: { data, name, contentType } });
      await expect(uploading).rejects.toMatchObject({ field: 'upload.file' });
      expect(requests).toEqual([]);
      expect(data.opened()).toBe(0);
    }
    const { attachments } = client();
    const uploading = attachments.upload({ type, file: { data: source(most), name, contentType } });
    await expect(uploading).resolves.toBeDefined();
  });

  const data = new Blob([bytes]);

  it.each<[field: string, upload: object]>([
    ['upload.type', { type: 'sticker', url }],
    ['upload.type', { url }],
    ['upload.url', { type: 'image', url: 'file:///etc/passwd' }],
    ['upload.url', { type: 'image', url: undefined }],
    ['file.name', { type: 'file', file: { data, name: 'a"b', contentType } }],
    ['file.contentType', { type: 'file', file: { data, name, contentType: 'pdf' } }],
    ['call.timeoutMs', { type: 'image', url, timeoutMs: 0 }],
    ['upload', { type: 'image' }],
    ['upload', { type: 'image', url, file: { data, name, contentType } }],
  ])('with a wrong %s is refused, and nothing is sent', async (field, upload) => {
    const { attachments, requests } = client();
    const uploading = attachments.upload(upload as Upload);
    await expect(uploading).rejects.toMatchObject({ name: `RequestError [${field}]`, field });
    expect(requests).toEqual([]);
  });
});
