import { codeName } from './errors.ts';
import type { Effect } from './errors.ts';

/** What a caller may do about an error that Graph answered with. */
export interface Judgement {
  retry: 'later' | 'never';
  effect: Effect;
  /** What to do, as the end of an error message. */
  advice: string;
}

const later: Judgement = {
  retry: 'later',
  effect: 'none',
  advice: 'Meta is in trouble for a moment: send it again later.',
};

/**
 * Meta's pages tell of messages that arrived although one of these came back, so they are the
 * two errors after which a message may be with the person.
 */
const ambiguous: Judgement = {
  retry: 'later',
  effect: 'unknown',
  advice: "It may have been carried out: look for the message's echo before sending it again.",
};

const throttled: Judgement = {
  retry: 'later',
  effect: 'none',
  advice: 'Too many calls: send nothing more for a while, then send it again.',
};

const deadToken: Judgement = {
  retry: 'never',
  effect: 'none',
  advice: 'The access token no longer works: make a new one for this Page.',
};

const refused: Judgement = {
  retry: 'never',
  effect: 'none',
  advice: 'It would be refused again: change the call.',
};

/**
 * By code, or by `code/subcode`, which wins.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/error-codes
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
const judgements: ReadonlyMap<string, Judgement> = new Map([
  ['1', ambiguous],
  ['2', ambiguous],
  ['1200', later],
  ['1/1357046', { ...refused, effect: 'unknown', advice: 'It was sent: do not send it again.' }],
  ['4', throttled],
  ['17', throttled],
  ['32', throttled],
  ['341', throttled],
  ['613', throttled],
  ['80001', throttled],
  ['80002', throttled],
  ['80006', throttled],
  ['4/2018354', refused],
  ['613/2018338', refused],
  ['613/1893016', refused],
  ['102', deadToken],
  ['190', deadToken],
]);

/** Looks an error up. What the table does not name is refused for good. */
export function judge(code: number, subcode: number | undefined): Judgement {
  return judgements.get(codeName(code, subcode)) ?? judgements.get(String(code)) ?? refused;
}
