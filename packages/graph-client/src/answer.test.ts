import { describe, expect, it } from 'vitest';

import { appSecretProof } from './app-secret-proof.ts';
import { createGraphClient } from './client.ts';
import { GraphApiError, TransportError } from './errors.ts';
import { createFakeTransport } from './testing/index.ts';
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
  return { graph: createGraphClient({ accessToken, appSecret, transport }) };
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

  it('say what was refused, why, and what to do', async () => {
    const { graph } = clientAnswering(refusal(10, 2018278));
    const error = await failure(graph.messages.sendText({ to, text: 'xin chào' }));
    expect(error).toBeInstanceOf(GraphApiError);
    expect(error).toMatchObject({
      name: 'GraphApiError [10/2018278]',
      kind: 'api',
      code: 10,
      subcode: 2018278,
      type: 'OAuthException',
      traceId: 'Atrace',
      httpStatus: 400,
      graphMessage: 'no',
      retry: 'never',
      effect: 'none',
    });
    expect(String(error)).toBe(
      'GraphApiError [10/2018278]: Graph refused POST https://graph.facebook.com/v26.0/me/messages: ' +
        'no (code 10/2018278, trace Atrace, HTTP 400). It would be refused again: change the call.',
    );
  });

  it.each([
    [1, undefined, 'later', 'unknown'],
    [1, 1357046, 'never', 'unknown'],
    [2, undefined, 'later', 'unknown'],
    [1200, undefined, 'later', 'none'],
    [4, undefined, 'later', 'none'],
    [4, 2018354, 'never', 'none'],
    [17, undefined, 'later', 'none'],
    [32, undefined, 'later', 'none'],
    [341, undefined, 'later', 'none'],
    [613, undefined, 'later', 'none'],
    [613, 2534040, 'later', 'none'],
    [613, 2018338, 'never', 'none'],
    [613, 1893016, 'never', 'none'],
    [80001, undefined, 'later', 'none'],
    [80006, undefined, 'later', 'none'],
    [190, 460, 'never', 'none'],
    [100, 2018001, 'never', 'none'],
    [551, 1545041, 'never', 'none'],
  ])('code %s subcode %s: retry %s, effect %s', async (code, subcode, retry, effect) => {
    const { graph } = clientAnswering(refusal(code, subcode));
    expect(await failure(graph.messages.sendText({ to, text: 'hi' }))).toMatchObject({
      kind: 'api',
      retry,
      effect,
    });
  });

  it('are errors whatever the HTTP status', async () => {
    const { graph } = clientAnswering({ status: 200, body: { error: { message: '', code: 4 } } });
    expect(await failure(graph.call({ method: 'GET', path: 'me' }))).toMatchObject({
      kind: 'api',
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
      kind: 'bad-response',
      effect: 'unknown',
      retry: 'later',
      code: `HTTP ${status}`,
    });
  });
});
