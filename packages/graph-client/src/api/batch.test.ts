import { describe, expect, it } from 'vitest';

import { createGraphClient } from '../client.ts';
import { GraphApiError, RequestError, TransportError } from '../errors.ts';
import type { Middleware } from '../pipeline/middleware.ts';
import { createFakeTransport, graphError } from '../testing/index.ts';
import type { FakeAnswer, RecordedRequest } from '../testing/index.ts';
import type { Batch, BatchCall } from './batch.ts';

const psid = '6912345678901234';
const get: BatchCall = { method: 'GET', path: psid };

/** One part of a batch's answer. */
const part = (value: unknown, code = 200): object => ({ code, body: JSON.stringify(value) });
const refusal = (code: number, subcode?: number, message?: string): object =>
  part(graphError(code, subcode, message).body, 400);

function answering(
  answer: FakeAnswer,
  ...pipeline: Middleware[]
): { batch: Batch; requests: readonly RecordedRequest[] } {
  const transport = createFakeTransport({ otherwise: () => answer });
  const options = { accessToken: 'EAAB-token', appSecret: 'secret', transport, pipeline };
  return { batch: createGraphClient(options).batch, requests: transport.requests };
}

describe('a batch', () => {
  it('is one call to the root of Graph, whose bodies are forms', async () => {
    const { batch, requests } = answering({ body: [part({}), part({}), part({})] });
    await batch([
      { method: 'GET', path: psid, query: { fields: 'name,locale', limit: 2, none: undefined } },
      {
        method: 'POST',
        path: 'me/messages',
        body: {
          recipient: { id: psid },
          message: { text: 'Áo & quần = 50%' },
          messaging_type: 'RESPONSE',
          silent: true,
          none: undefined,
        },
      },
      { method: 'DELETE', path: '17', query: {} },
    ]);

    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: 'POST', path: '/v26.0/' });
    const { batch: sent, ...more } = Object(requests[0]?.body);
    expect(more).toEqual({ include_headers: false });
    const [, { body: form, ...post }] = sent;
    expect([sent[0], post, sent[2]]).toStrictEqual([
      { method: 'GET', relative_url: `${psid}?fields=name%2Clocale&limit=2` },
      { method: 'POST', relative_url: 'me/messages' },
      { method: 'DELETE', relative_url: '17' },
    ]);
    expect(Object.fromEntries(new URLSearchParams(form))).toEqual({
      recipient: `{"id":"${psid}"}`,
      message: '{"text":"Áo & quần = 50%"}',
      messaging_type: 'RESPONSE',
      silent: 'true',
    });
  });

  it('gives each call a result of its own, in order', async () => {
    const { batch } = answering({
      body: [part({ name: 'Lan' }), refusal(10, 2018278), null, part([]), { code: 502, body: '<' }],
    });
    const results = await batch([
      get,
      { method: 'POST', path: 'me/messages', body: {} },
      { method: 'DELETE', path: '17' },
      get,
      get,
    ]);
    expect(results).toMatchObject([
      { ok: true, value: { name: 'Lan' } },
      {
        ok: false,
        error: { code: 10, subcode: 2018278, kind: 'window-closed', outcome: 'not-executed' },
      },
      { ok: false, error: { reason: 'timeout', outcome: 'unknown' } },
      { ok: true, value: [] },
      { ok: false, error: { reason: 'bad-response', outcome: 'unknown', code: 'HTTP 502' } },
    ]);
    const errors = results.map((result) => (result.ok ? undefined : result.error));
    expect(errors[1]).toBeInstanceOf(GraphApiError);
    expect(errors[2]).toBeInstanceOf(TransportError);
    expect(errors.map((error) => error?.message)).toEqual([
      undefined,
      expect.stringContaining('POST https://graph.facebook.com/v26.0/me/messages'),
      expect.stringContaining('DELETE https://graph.facebook.com/v26.0/17'),
      undefined,
      expect.stringContaining(`GET https://graph.facebook.com/v26.0/${psid}`),
    ]);
  });

  it('shows neither token nor text in the error of a part', async () => {
    const text = 'số thẻ của tôi là 4111';
    const { batch } = answering({ body: [refusal(100, undefined, `EAAB-token said ${text}`)] });
    const body = { message: { text } };
    const [result] = await batch([{ method: 'POST', path: 'me/messages', body }]);
    expect(result).toMatchObject({ ok: false, error: { code: 100 } });
    const shown = `${JSON.stringify(result)} ${String(result?.ok === false && result.error)}`;
    expect(shown).not.toMatch(/EAAB-token|4111/);
  });

  it.each([
    ['fewer', [part({})], [true, false]],
    ['more', [part({}), part({}), part({})], [true, true]],
  ])('of which Graph answers %s parts has a result for each call', async (_how, body, ok) => {
    const { batch } = answering({ body });
    const results = await batch([get, get]);
    expect(results.map((result) => result.ok)).toEqual(ok);
  });

  it.each([1, 50])('may hold %d calls, and counts as so many sends', async (count) => {
    const seen: unknown[] = [];
    const watch: Middleware = async (call, next) => {
      seen.push([call.rateClass, call.weight]);
      return next();
    };
    const calls = Array.from({ length: count }, () => get);
    const { batch, requests } = answering({ body: calls.map(() => part({})) }, watch);
    expect(await batch(calls)).toHaveLength(count);
    expect(requests).toHaveLength(1);
    expect(seen).toEqual([['send', count]]);
  });

  it.each<[field: string, calls: readonly BatchCall[]]>([
    ['batch', []],
    ['batch', Array.from({ length: 51 }, () => get)],
    ['batch[1].path', [get, { method: 'GET', path: '/me' }]],
    ['batch[0].path', [{ method: 'GET', path: 'me?access_token=x' }]],
    ['batch[0].body', [{ method: 'GET', path: 'me', body: {} }]],
    ['batch[0].query.access_token', [{ method: 'GET', path: 'me', query: { access_token: 'x' } }]],
    ['batch[1].body', [get, { method: 'POST', path: 'me', body: { big: 1n } }]],
  ])('with a wrong %s is refused, and nothing is sent', async (field, calls) => {
    const { batch, requests } = answering({ body: [] });
    const sending = batch(calls);
    await expect(sending).rejects.toBeInstanceOf(RequestError);
    await expect(sending).rejects.toMatchObject({ field });
    expect(requests).toEqual([]);
  });

  it.each([
    ['refused', graphError(190), { kind: 'token-dead', outcome: 'not-executed' }],
    ['answered with no list', { body: {} }, { reason: 'bad-response', outcome: 'unknown' }],
  ])('that is %s as a whole fails as a whole', async (_how, answer, error) => {
    const { batch } = answering(answer);
    await expect(batch([get])).rejects.toMatchObject(error);
  });

  it('of which one part has another form has the results of the others', async () => {
    const { batch } = answering({ body: [{ status: 200 }, part({})] });
    expect(await batch([get, get])).toMatchObject([
      { ok: false, error: { reason: 'bad-response', outcome: 'unknown' } },
      { ok: true },
    ]);
  });

  it('is given up with its signal', async () => {
    const { batch, requests } = answering({ body: [] });
    const sending = batch([get], { signal: AbortSignal.abort() });
    await expect(sending).rejects.toMatchObject({ reason: 'aborted', outcome: 'not-executed' });
    expect(requests).toEqual([]);
  });
});
