import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ModelFailure } from './failure.ts';
import { rig, type Rig } from './mocks.test-setup.ts';
import { completion, json, startModelServer, type ModelServer } from './model-server.test-setup.ts';
import { createCompatibleModel, type CompatibleModelOptions } from './openai-compatible.ts';

let server: ModelServer;

beforeEach(async () => {
  server = await startModelServer();
});

afterEach(() => server.close());

const secret = 'sk-1234';

function modelOf(more: Partial<CompatibleModelOptions> = {}): Rig {
  const model = createCompatibleModel({ url: server.url, model: 'test', apiKey: secret, ...more });
  return rig(model, { retries: 0 });
}

/** What it says; or why it says nothing, with everything that the failure carries. */
function ask({ model }: Rig): Promise<unknown> {
  const said = model.ask({
    purpose: 'answer',
    conversation: '100:200',
    instructions: 'Instructions.',
    data: { question: 'giá bao nhiêu' },
    schema: z.object({ ok: z.boolean() }),
    mostOutputTokens: 100,
    signal: new AbortController().signal,
  });
  return said.then(
    ({ value }) => value,
    (failure: ModelFailure) => {
      expect(JSON.stringify(everythingOf(failure))).not.toMatch(/giá|Instructions|sk-1234|127/);
      return failure.reason;
    },
  );
}

function everythingOf(error: Error): unknown {
  const names = Object.getOwnPropertyNames(error).filter((name) => name !== 'stack');
  return names.map((name) => [name, Reflect.get(error, name)]);
}

describe('a model behind a URL', () => {
  it('is asked as OpenAI would be', async () => {
    server.respond(json(completion({ ok: true })));
    const asked = modelOf();
    expect(await ask(asked)).toEqual({ ok: true });
    expect(server.requests).toMatchObject([
      {
        path: '/v1/chat/completions',
        authorization: `Bearer ${secret}`,
        body: {
          model: 'test',
          max_tokens: 100,
          temperature: 0,
          messages: [
            { role: 'system', content: 'Instructions.' },
            { role: 'user', content: '{"question":"giá bao nhiêu"}' },
          ],
          response_format: { type: 'json_schema' },
        },
      },
    ]);
    expect(server.requests[0]?.body).not.toHaveProperty('tools');
    expect(asked.calls).toMatchObject([{ inputTokens: 200, outputTokens: 30 }]);
  });

  it('is held to JSON alone where the server knows no schemas', async () => {
    server.respond(json(completion({ ok: true })));
    expect(await ask(modelOf({ structuredOutput: false }))).toEqual({ ok: true });
    expect(server.requests[0]?.body.response_format).toEqual({ type: 'json_object' });
  });

  it.each([
    ['refuses the key', json('{"error":{"message":"giá sk-1234"}}', 401), 'rejected'],
    ['knows no such model', json('{"error":{"message":"giá"}}', 404), 'rejected'],
    ['throttles', json('', 429, { 'retry-after': '60' }), 'throttled'],
    ['fails', json('{"error":', 500), 'unavailable'],
    ['fails with a page', json('<h1>Bad gateway</h1>', 502), 'unavailable'],
    ['answers rubbish', json('}{'), 'rubbish'],
    ['answers JSON of another kind', json('{"choices":"giá"}'), 'rubbish'],
    ['answers nothing', json(''), 'rubbish'],
    [
      'answers no choice',
      json(completion('').replace(/"choices":\[.*\],"u/, '"choices":[],"u')),
      'rubbish',
    ],
    ['answers a page', json('<h1>giá</h1>', 200, { 'content-type': 'text/html' }), 'rubbish'],
    ['answers a redirect', json('', 307, { location: 'http://127.0.0.1:9/' }), 'unavailable'],
    ['says rubbish', json(completion('Giá 35.000 đ.')), 'not-json'],
    ['says something else', json(completion({ no: 1 })), 'wrong-shape'],
  ])('that %s says so', async (_what, respond, reason) => {
    server.respond(respond);
    expect(await ask(modelOf())).toBe(reason);
    expect(server.requests).toHaveLength(1);
  });

  it('that answers JSON under another type is understood', async () => {
    server.respond(json(completion({ ok: true }), 200, { 'content-type': 'text/plain' }));
    expect(await ask(modelOf())).toEqual({ ok: true });
  });

  it('that resets the connection in the middle of its answer says so', async () => {
    server.respond((response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"choices":', () => response.socket?.resetAndDestroy());
    });
    expect(await ask(modelOf())).toBe('unavailable');
  });

  it('that ends its answer early says so', async () => {
    server.respond((response) => {
      response.writeHead(200, { 'transfer-encoding': 'chunked' });
      response.write(completion({ ok: true }).slice(0, 80), () => response.socket?.end());
    });
    expect(await ask(modelOf())).toBe('unavailable');
  });

  it('that says too much is cut off, whatever it says of the length', async () => {
    const endless = 'x'.repeat(64 * 1_024);
    server.respond((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = (gone?: Error | null): void => {
        if (!gone) response.write(endless, more);
      };
      more();
    });
    expect(await ask(modelOf())).toBe('rubbish');
    await expect.poll(() => server.open).toBe(0);
  });

  it.each([
    ['does not answer', () => {}],
    ['stops in the middle', (response: { write(text: string): unknown }) => response.write('{')],
  ])('that %s is let go of after the time limit', async (_what, respond) => {
    server.respond(respond);
    const asked = modelOf();
    const said = ask(asked);
    await expect.poll(() => server.requests.length).toBe(1);
    asked.clock.move(10_000);
    expect(await said).toBe('timeout');
    await expect.poll(() => server.open).toBe(0);
  });

  it('that is not there says so', async () => {
    const asked = modelOf();
    await server.close();
    expect(await ask(asked)).toBe('unavailable');
    server = await startModelServer();
  });

  it.each(['ftp://model', 'model', 'https://user:pass@model/v1', ''])(
    'is none at "%s", and the error does not say what stood there',
    (url) => {
      expect(() => createCompatibleModel({ url, model: 'test' })).toThrow(
        /^url must begin with http:\/\/ or https:\/\/ and have no password; a key goes into apiKey\.$/,
      );
    },
  );
});
