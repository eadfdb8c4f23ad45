import { describe, expect, it } from 'vitest';

import { appSecretProof } from './app-secret-proof.ts';
import { createGraphClient } from './client.ts';
import { GraphApiError, TransportError } from './errors.ts';
import { createFakeTransport, graphError } from './testing/index.ts';
import type { FakeAnswer } from './testing/index.ts';

const accessToken = 'EAAtokentokentokentoken1234567890';
const appSecret = 'a-secret-of-the-app';
const to = '6912345678901234';

/** What a call failed with; a call that does not fail is the error then. */
async function failure(call: Promise<unknown>): Promise<unknown> {
  try {
    return new Error(`it went well: ${JSON.stringify(await call)}`);
  } catch (error) {
    return error;
  }
}

function clientAnswering(...answers: FakeAnswer[]): {
  graph: ReturnType<typeof createGraphClient>;
} {
  const transport = createFakeTransport({ answers });
  return { graph: createGraphClient({ accessToken, appSecret, transport, pipeline: [] }) };
}

describe("Graph's errors", () => {
  const refusal = (code: number, subcode?: number): FakeAnswer => ({
    status: 400,
    body: {
      error: {
        message: 'no',
        type: 'OAuthException',
        code,
        error_subcode: subcode,
        fbtrace_id: 'Atrace',
      },
    },
  });

  it('of a right that only some messages need hold back no others', async () => {
    const transport = createFakeTransport({ answers: [refusal(10), refusal(10)] });
    const graph = createGraphClient({ accessToken, transport });
    const message = { text: 'xin chào' };
    const tagged = { to, message, messagingType: 'HUMAN_AGENT' } as const;
    const missing = { kind: 'permission', name: 'GraphApiError [10]' };
    expect(await failure(graph.messages.send(tagged))).toMatchObject({
      ...missing,
      scope: 'message',
    });
    expect(await failure(graph.messages.send({ to, message }))).toMatchObject({
      ...missing,
      scope: 'page',
    });
    expect(await failure(graph.messages.send({ to, message }))).toMatchObject({
      name: 'ParkedError [permission]',
    });
  });

  it('say what was refused, why, and what to do', async () => {
    const { graph } = clientAnswering(refusal(10, 2018278));
    const error = await failure(graph.messages.sendText({ to, text: 'xin chào' }));
    expect(error).toBeInstanceOf(GraphApiError);
    expect(error).toMatchObject({
      name: 'GraphApiError [10/2018278]',
      kind: 'window-closed',
      scope: 'recipient',
      retryAfterMs: undefined,
      code: 10,
      subcode: 2018278,
      type: 'OAuthException',
      traceId: 'Atrace',
      httpStatus: 400,
      graphMessage: 'no',
      outcome: 'not-executed',
    });
    expect(String(error)).toBe(
      'GraphApiError [10/2018278]: Graph refused POST https://graph.facebook.com/v26.0/me/messages: ' +
        'no (code 10/2018278, trace Atrace, HTTP 400). ' +
        'The messaging window is closed: wait for the person, or use a utility template.',
    );
  });

  it('tell how long Graph wants to be left alone', async () => {
    const use = { type: 'messenger', call_count: 100, estimated_time_to_regain_access: 7 };
    const headers = { 'x-business-use-case-usage': JSON.stringify({ '123': [use] }) };
    const { graph } = clientAnswering({ ...graphError(80006), headers });
    expect(await failure(graph.messages.sendText({ to, text: 'hi' }))).toMatchObject({
      kind: 'throttled',
      scope: 'page',
      retryAfterMs: 420_000,
      usage: { percent: 100, regainAccessMs: 420_000 },
    });
  });

  it('say that nothing was done when somebody on the way answers "too many"', async () => {
    const { graph } = clientAnswering({ status: 429, body: 'slow down' });
    expect(await failure(graph.messages.sendText({ to, text: 'hi' }))).toMatchObject({
      reason: 'bad-response',
      outcome: 'not-executed',
      code: 'HTTP 429',
    });
  });

  it('are errors whatever the HTTP status', async () => {
    const { graph } = clientAnswering({ status: 200, body: { error: { message: '', code: 4 } } });
    expect(await failure(graph.call({ method: 'GET', path: 'me' }))).toMatchObject({
      kind: 'throttled',
      code: 4,
      httpStatus: 200,
    });
  });

  it('show neither token nor secret nor text, even when Graph quotes them', async () => {
    const text = 'số thẻ của tôi là 4111';
    const proof = appSecretProof(accessToken, appSecret);
    const message = `Malformed access token ${accessToken}, ${appSecret}, ${proof}, EAAB${'x'.repeat(40)}: ${text}`;
    const { graph } = clientAnswering({ status: 400, body: { error: { message, code: 190 } } });
    const error = await failure(graph.messages.sendText({ to, text }));
    const shown = `${String(error)} ${JSON.stringify(error)}`;
    for (const hidden of [accessToken, appSecret, proof, 'EAABxxx', text]) {
      expect(shown).not.toContain(hidden);
    }
    expect(shown).toContain('Malformed access token [hidden]');
  });

  it.each([
    [502, '<html>Bad Gateway</html>'],
    [200, ''],
    [200, 'null,'],
    [500, { message: 'no error field' }],
    [400, { error: 'a string' }],
    [400, { error: { code: 'x' } }],
    [302, {}],
  ])('are none when Graph did not write them: HTTP %s %j', async (status, body) => {
    const { graph } = clientAnswering({ status, body });
    const error = await failure(graph.messages.sendText({ to, text: 'hi' }));
    expect(error).toBeInstanceOf(TransportError);
    expect(error).toMatchObject({
      reason: 'bad-response',
      outcome: 'unknown',
      code: `HTTP ${status}`,
    });
  });
});
