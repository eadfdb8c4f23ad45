import { expect, it } from 'vitest';

import type { Classification } from './classification.ts';
import { classify } from './classify.ts';
import {
  GraphApiError,
  GraphError,
  ParkedError,
  PartlySentError,
  RequestError,
  TransportError,
} from './errors.ts';

const throttled: Classification = {
  kind: 'throttled',
  scope: 'page',
  outcome: 'not-executed',
  retryAfterMs: 60_000,
};

const refusal = {
  code: 10,
  subcode: 2018278,
  type: 'OAuthException',
  traceId: 'Atrace',
  httpStatus: 400,
  graphMessage: 'no',
  usage: undefined,
};

const parked = new ParkedError('no room', { kind: 'throttled', scope: 'page', retryAfterMs: 5 });
const partly = new PartlySentError({ messageIds: ['m_1'], parts: 3 }, parked);

/** What an error of that kind means when it concerns one message and is never to be repeated. */
function once(kind: Classification['kind'], outcome: Classification['outcome']): Classification {
  return { kind, scope: 'message', outcome, retryAfterMs: undefined };
}

it.each<[GraphError, string, Classification]>([
  [new GraphApiError('no', refusal, throttled), 'GraphApiError [10/2018278]', throttled],
  [
    new GraphApiError('no', { ...refusal, subcode: undefined }, once('permission', 'executed')),
    'GraphApiError [10]',
    once('permission', 'executed'),
  ],
  [
    new RequestError('message.text', 'is missing.'),
    'RequestError [message.text]',
    once('configuration', 'not-executed'),
  ],
  [
    new TransportError('connect', 'no way', { outcome: 'not-executed', code: 'ECONNREFUSED' }),
    'TransportError [connect ECONNREFUSED]',
    { kind: 'transient', scope: 'app', outcome: 'not-executed', retryAfterMs: 0 },
  ],
  [
    new TransportError('timeout', 'too long', { outcome: 'unknown' }),
    'TransportError [timeout]',
    { ...once('transient', 'unknown'), retryAfterMs: 0 },
  ],
  [
    new TransportError('bad-response', 'HTML', { outcome: 'unknown', code: 'HTTP 502' }),
    'TransportError [bad-response HTTP 502]',
    { ...once('transient', 'unknown'), retryAfterMs: 0 },
  ],
  [
    new TransportError('aborted', 'given up', { outcome: 'not-executed' }),
    'TransportError [aborted]',
    once('aborted', 'not-executed'),
  ],
  [parked, 'ParkedError [throttled]', { ...throttled, retryAfterMs: 5 }],
  [
    partly,
    'PartlySentError [1/3]',
    { kind: 'throttled', scope: 'page', outcome: 'unknown', retryAfterMs: undefined },
  ],
])('%s is shown as %s and classified', (error, name, classification) => {
  expect(error).toBeInstanceOf(GraphError);
  expect(error.name).toBe(name);
  expect(classify(error)).toStrictEqual(classification);
});

it('a text that was sent in part tells which part failed, and why', () => {
  expect(partly).toMatchObject({ messageIds: ['m_1'], parts: 3, cause: parked });
  expect(partly.message).toBe('1 of 3 parts of the text were sent, then: no room');
});

it('an error has a cause only when there is one', () => {
  expect('cause' in new RequestError('x', 'is bad.')).toBe(false);
  expect(new RequestError('x', 'is bad.', partly).cause).toBe(partly);
});

it.each([
  new Error('boom'),
  new DOMException('stop', 'AbortError'),
  // Looks like one of ours, and nobody knows who made it.
  Object.assign(new Error('no'), throttled),
  'a string',
  undefined,
  null,
])('%s of somebody else may have come after the call was sent', (error) => {
  expect(classify(error)).toStrictEqual(once('transient', 'unknown'));
});
