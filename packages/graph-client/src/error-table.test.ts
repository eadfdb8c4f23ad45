import { describe, expect, it } from 'vitest';

import type { Classification, ErrorKind, ErrorScope, Outcome } from './classification.ts';
import { judge } from './error-table.ts';

/** When the same call may succeed: never, at once with a back-off, or after a time that is known. */
type Again = 'never' | 'soon' | 'later';

type Row = readonly [
  errors: string,
  kind: ErrorKind,
  scope: ErrorScope,
  outcome: Outcome,
  again: Again,
];

function againOf({ retryAfterMs }: Classification): Again {
  if (retryAfterMs === undefined) return 'never';
  return retryAfterMs === 0 ? 'soon' : 'later';
}

/** What the table says of an error that is written `10/2018278`, or `190` without a subcode. */
function judged(error: string): Omit<Classification, 'retryAfterMs'> & { again: Again } {
  const [code = Number.NaN, subcode] = error.split('/').map(Number);
  const { kind, scope, outcome, retryAfterMs } = judge(code, subcode);
  return { kind, scope, outcome, again: againOf({ kind, scope, outcome, retryAfterMs }) };
}

/** @see https://developers.facebook.com/docs/messenger-platform/error-codes */
const documented: readonly Row[] = [
  ['1 2', 'transient', 'message', 'unknown', 'soon'],
  ['1/1357046', 'transient', 'message', 'executed', 'never'],
  ['1200', 'transient', 'message', 'not-executed', 'soon'],
  ['613 613/2534040 80006 80001 80002 32', 'throttled', 'page', 'not-executed', 'later'],
  ['4 17 341', 'throttled', 'app', 'not-executed', 'later'],
  ['4/2018022', 'throttled', 'page', 'not-executed', 'later'],
  ['613/2018338', 'throttled', 'recipient', 'not-executed', 'later'],
  ['4/2018354 613/1893016 9/2018352', 'rejected', 'recipient', 'not-executed', 'never'],
  ['10/2018278 10/2534022 10/2018065', 'window-closed', 'recipient', 'not-executed', 'never'],
  ['100/1893061', 'configuration', 'message', 'not-executed', 'never'],
  ['10/2018108', 'recipient-gone', 'recipient', 'not-executed', 'never'],
  ['551 551/1545041 200/1545041', 'recipient-gone', 'recipient', 'not-executed', 'never'],
  ['100/2018001 100/33', 'recipient-gone', 'recipient', 'not-executed', 'never'],
  ['10/1893063 2022 10/2022', 'page-restricted', 'page', 'not-executed', 'later'],
  ['368 2534029 10/2534029 2534122 10/2534122', 'page-restricted', 'page', 'not-executed', 'later'],
  [
    '190 190/458 190/459 190/460 190/463 190/464 190/467 102',
    'token-dead',
    'page',
    'not-executed',
    'never',
  ],
  ['200 10 3 2018247 10/2018247', 'permission', 'page', 'not-executed', 'never'],
  ['200/2018028', 'permission', 'recipient', 'not-executed', 'never'],
  [
    '2018300 10/2018300 2018321 10/2018321 100/2534037',
    'thread-owned',
    'recipient',
    'not-executed',
    'never',
  ],
  ['100/2018008', 'media', 'message', 'not-executed', 'soon'],
  ['100/2018047 100/2018109', 'media', 'message', 'not-executed', 'never'],
  ['100/2018294 100/2018074', 'media', 'message', 'not-executed', 'never'],
  ['100/2018320 100/2018328 1/2018382', 'template', 'message', 'not-executed', 'never'],
  // The media template's own: 2018173 to 2018188.
  [
    Array.from({ length: 16 }, (_, index) => `100/${2018173 + index}`).join(' '),
    'template',
    'message',
    'not-executed',
    'never',
  ],
  ['9000001', 'rejected', 'message', 'not-executed', 'never'],
  ['2/2018344', 'configuration', 'page', 'not-executed', 'never'],
  ['100/2018218', 'rejected', 'recipient', 'not-executed', 'never'],
  ['2635', 'configuration', 'app', 'not-executed', 'never'],
];

const rows = documented.flatMap(([errors, kind, scope, outcome, again]) =>
  errors.split(' ').map((error) => ({ error, kind, scope, outcome, again })),
);

describe("Graph's error", () => {
  it.each(rows)('$error is $kind, reaches the $scope, is $outcome', ({ error, ...expected }) => {
    expect(judged(error)).toEqual(expected);
  });

  it.each(rows)('$error comes with a sentence on what to do', ({ error }) => {
    const [code = Number.NaN, subcode] = error.split('/').map(Number);
    expect(judge(code, subcode).advice).toMatch(/^[A-Z].+\.$/);
  });

  it.each(['2018008', '2018278', '12345/67890', '0', '-1'])(
    '%s that nobody documented is a mistake in the call',
    (error) => {
      expect(judged(error)).toEqual({
        kind: 'configuration',
        scope: 'message',
        outcome: 'not-executed',
        again: 'never',
      });
    },
  );
});

describe('a verdict of several', () => {
  it.each([
    ['code and subcode before the code', '200/1545041', 'recipient-gone', '200', 'permission'],
    ['code and subcode before the code', '4/2018354', 'rejected', '4', 'throttled'],
    ['the subcode before the code', '10/2018300', 'thread-owned', '10', 'permission'],
    ['the subcode before the code', '1/2018382', 'template', '1', 'transient'],
    ['the code when nobody knows the subcode', '190/99', 'token-dead', '190', 'token-dead'],
    ['no subcode of another code', '100/2018278', 'configuration', '100', 'configuration'],
  ])('is that of %s: %s is %s, and %s alone is %s', (_which, error, kind, code, kindOfCode) => {
    expect([judged(error).kind, judged(code).kind]).toEqual([kind, kindOfCode]);
  });
});

it.each([
  ['a throttled Page', 80006, 60_000],
  ['a restricted Page', 368, 1_800_000],
])('%s waits, unless Graph says for how long', (_what, code, waitMs) => {
  expect(judge(code, undefined).retryAfterMs).toBe(waitMs);
});

it.each([
  'Invalid appsecret_proof provided in the API argument',
  'API calls from the server require an appsecret_proof argument',
])('takes "%s" for the trouble of the whole app', (message) => {
  expect(judge(100, undefined, message)).toMatchObject({
    kind: 'configuration',
    scope: 'app',
    outcome: 'not-executed',
    retryAfterMs: undefined,
  });
  expect(judge(100, undefined, 'Invalid parameter').scope).toBe('message');
});
