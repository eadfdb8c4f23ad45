import { describe, expect, it } from 'vitest';

import { createGraphClient, defaultPipeline } from '../index.ts';
import type { Middleware } from '../index.ts';
import { backoffMs } from './backoff.ts';
import { settled } from './outgoing-call.test-setup.ts';
import { createFakeTransport, createManualClock, graphError } from '../testing/index.ts';

const accessToken = 'token';
const text = { to: '6912345678901234', text: 'xin chào' };
const down = { status: 502, body: '<html>' };

describe('the pipeline', () => {
  it('of the caller takes the place of the default one, first to last', async () => {
    const seen: string[] = [];
    const note =
      (name: string): Middleware =>
      async ({ rateClass }, next) => {
        seen.push(`${name} ${rateClass}`);
        const answer = await next();
        seen.push(`${name} done`);
        return answer;
      };
    const transport = createFakeTransport();
    const pipeline = [note('outer'), note('inner')];
    const graph = createGraphClient({ accessToken, transport, pipeline });
    await graph.messages.sendText(text);
    expect(seen).toEqual(['outer send', 'inner send', 'inner done', 'outer done']);
  });

  it('may stand around the default one', async () => {
    const clock = createManualClock();
    let attempts = 0;
    const count: Middleware = (_call, next) => {
      attempts += 1;
      return next();
    };
    const transport = createFakeTransport({ answers: [graphError(1200)] });
    const pipeline = [...defaultPipeline({ clock, random: () => 0 }), count];
    const graph = createGraphClient({ accessToken, transport, clock, pipeline });
    const sending = graph.messages.sendText(text);
    await settled();
    clock.advance(100);
    await sending;
    expect(attempts).toBe(2);
  });

  it('leaves out what is false', async () => {
    const transport = createFakeTransport({ otherwise: () => graphError(1200) });
    const pipeline = { retry: false, breaker: false, rateLimit: false } as const;
    const graph = createGraphClient({ accessToken, transport, pipeline });
    for (let call = 0; call < 30; call += 1) {
      await expect(graph.messages.sendText(text)).rejects.toMatchObject({ code: 1200 });
    }
    expect(transport.requests).toHaveLength(30);
  });

  it('opens the breaker of its Page only', async () => {
    const transport = createFakeTransport({
      otherwise: ({ path }) =>
        path.includes('/1/') ? graphError(190, 460) : { body: { message_id: 'm' } },
    });
    const one = createGraphClient({ accessToken, transport, pageId: '1' });
    const other = createGraphClient({ accessToken, transport, pageId: '2' });
    await expect(one.messages.sendText(text)).rejects.toMatchObject({ code: 190 });
    await expect(one.messages.sendText(text)).rejects.toMatchObject({
      name: 'ParkedError [token-dead]',
    });
    await expect(other.messages.sendText(text)).resolves.toMatchObject({ messageId: 'm' });
  });

  it('sends a text once when a proxy answers for Graph, and reads again', async () => {
    const clock = createManualClock();
    const transport = createFakeTransport({ answers: [down, down, { body: { name: 'Thu Hà' } }] });
    const graph = createGraphClient({ accessToken, transport, clock });
    await expect(graph.messages.sendText(text)).rejects.toMatchObject({ outcome: 'unknown' });
    const reading = graph.users.get(text.to);
    await settled();
    clock.advance(200);
    await expect(reading).resolves.toMatchObject({ name: 'Thu Hà' });
    expect(transport.requests.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET']);
  });
});

describe('the back-off', () => {
  it('doubles up to its longest, between half of it and the whole', () => {
    const options = { firstMs: 100, longestMs: 1_000 };
    expect([1, 2, 3, 4, 5, 50].map((failures) => backoffMs(failures, options, () => 1))).toEqual([
      100, 200, 400, 800, 1_000, 1_000,
    ]);
    expect(backoffMs(3, options, () => 0)).toBe(200);
  });
});
