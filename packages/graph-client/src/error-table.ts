import type { Classification } from './classification.ts';
import { codeName } from './errors.ts';

/** What an error that Graph answered with means, and what to do, as the end of a message. */
export interface Verdict extends Classification {
  readonly advice: string;
}

const MINUTE_MS = 60_000;

const refusal = { outcome: 'not-executed', retryAfterMs: undefined } as const;

// Meta's pages tell of messages that arrived although code 1 or 2 came back.
const trouble: Verdict = {
  kind: 'transient',
  scope: 'message',
  outcome: 'unknown',
  retryAfterMs: 0,
  advice: "It may have been carried out: look for the message's echo before sending it again.",
};

const throttledPage: Verdict = {
  kind: 'throttled',
  scope: 'page',
  outcome: 'not-executed',
  retryAfterMs: MINUTE_MS,
  advice: 'Too many calls: send nothing more for a while, then send it again.',
};

const throttledApp: Verdict = { ...throttledPage, scope: 'app' };

const windowClosed: Verdict = {
  ...refusal,
  kind: 'window-closed',
  scope: 'recipient',
  advice: 'The messaging window is closed: wait for the person, or use a utility template.',
};

const recipientGone: Verdict = {
  ...refusal,
  kind: 'recipient-gone',
  scope: 'recipient',
  advice: 'The person cannot be reached: send nothing more until they write again.',
};

const pageRestricted: Verdict = {
  ...refusal,
  kind: 'page-restricted',
  scope: 'page',
  retryAfterMs: 30 * MINUTE_MS,
  advice: "Meta restricts this Page: see the Page's Support Inbox, and send nothing until then.",
};

const tokenDead: Verdict = {
  ...refusal,
  kind: 'token-dead',
  scope: 'page',
  advice: 'The access token no longer works: make a new one for this Page.',
};

const permission: Verdict = {
  ...refusal,
  kind: 'permission',
  scope: 'page',
  advice: "A permission is missing: see the app's review and the token's scopes.",
};

const threadOwned: Verdict = {
  ...refusal,
  kind: 'thread-owned',
  scope: 'recipient',
  advice: 'Another app has this conversation: stay silent until it is handed over.',
};

const media: Verdict = {
  ...refusal,
  kind: 'media',
  scope: 'message',
  advice: 'Meta does not take the file: check its address, type and size, or upload it again.',
};

const template: Verdict = {
  ...refusal,
  kind: 'template',
  scope: 'message',
  advice: 'Meta does not take the template: change it.',
};

const configuration: Verdict = {
  ...refusal,
  kind: 'configuration',
  scope: 'message',
  advice: 'It would be refused again: change the call.',
};

const rejected: Verdict = {
  ...refusal,
  kind: 'rejected',
  scope: 'recipient',
  advice: 'Meta does not want it now: do not send it again.',
};

/**
 * By `code/subcode`, else by `/subcode` alone, else by `code`.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/error-codes
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 * @see https://developers.facebook.com/docs/graph-api/guides/error-handling
 */
export const verdicts: ReadonlyMap<string, Verdict> = new Map(
  (
    [
      [trouble, '1 2'],
      [{ ...trouble, outcome: 'not-executed', advice: 'Meta is in trouble for a moment.' }, '1200'],
      [
        {
          ...trouble,
          outcome: 'executed',
          retryAfterMs: undefined,
          advice: 'It was sent: do not send it again.',
        },
        '1/1357046',
      ],
      [throttledPage, '32 613 613/2534040 80001 80002 80006 4/2018022'],
      [throttledApp, '4 17 341'],
      [{ ...throttledPage, scope: 'recipient' }, '613/2018338'],
      [rejected, '4/2018354 613/1893016 9/2018352 /2018218'],
      [{ ...rejected, scope: 'message' }, '9000001'],
      [windowClosed, '10/2018278 10/2534022 10/2018065'],
      [recipientGone, '551 551/1545041 200/1545041 10/2018108 100/2018001 100/33'],
      [pageRestricted, '10/1893063 2022 /2022 368 2534029 /2534029 2534122 /2534122'],
      [tokenDead, '190 102'],
      [permission, '200 10 3 2018247 /2018247'],
      [
        {
          ...permission,
          scope: 'recipient',
          advice: 'Until the app is live only its admins, developers and testers can be answered.',
        },
        '200/2018028',
      ],
      [threadOwned, '2018300 /2018300 2018321 /2018321 100/2534037'],
      [media, '/2018047 /2018109 /2018294 /2018074'],
      // Meta gives the other side 10 seconds to hand the file out, so this may pass.
      [{ ...media, retryAfterMs: 0 }, '/2018008'],
      [template, '/2018320 /2018328 /2018382'],
      // 2018173 to 2018188: the media template's.
      [template, Array.from({ length: 16 }, (_, index) => `/${2018173 + index}`).join(' ')],
      [{ ...configuration, advice: 'Meta has retired this message tag.' }, '100/1893061'],
      [
        { ...configuration, scope: 'page', advice: "Accept the Page's Contact Terms first." },
        '2/2018344',
      ],
      [
        { ...configuration, scope: 'app', advice: 'The API version is gone: use a newer one.' },
        '2635',
      ],
    ] as const satisfies readonly (readonly [Verdict, string])[]
  ).flatMap(([verdict, names]) => names.split(' ').map((name) => [name, verdict] as const)),
);

/** Every call of the app would be refused, so no message is given up on for it. */
const wrongProof: Verdict = {
  ...configuration,
  scope: 'app',
  advice: "The app secret is not that of the token's app: set the right one.",
};

/**
 * Looks an error up. What the table does not name is a mistake in the call.
 *
 * @param message A wrong `appsecret_proof` has no code of its own, only its words.
 */
export function judge(code: number, subcode: number | undefined, message = ''): Verdict {
  if (code === 100 && message.includes('appsecret_proof')) return wrongProof;
  return (
    verdicts.get(codeName(code, subcode)) ??
    verdicts.get(`/${subcode ?? ''}`) ??
    verdicts.get(String(code)) ??
    configuration
  );
}
