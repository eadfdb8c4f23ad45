import { GraphRefusal } from './errors.ts';

/** Meta's rates, enforced. */
export interface Rates {
  /** @throws GraphRefusal 613 or 80006 when it is one too many. */
  count(rate: RateName, key: string, now: number): void;
}

/**
 * How many calls in how many seconds (Rate Limiting page, 2026-03-23; Messenger Profile API). In
 * which class images and templates are is not said: with the texts.
 */
const rates = {
  texts: { most: 300, seconds: 1 },
  media: { most: 10, seconds: 1 },
  privateReplies: { most: 750, seconds: 3_600 },
  conversations: { most: 2, seconds: 1 },
  profile: { most: 10, seconds: 600 },
  menuOfPerson: { most: 10, seconds: 600 },
} as const;

export type RateName = keyof typeof rates;

export function createRates(): Rates {
  const windows = new Map<string, number[]>();
  return {
    count(name, key, now) {
      const { most, seconds } = rates[name];
      const window = (windows.get(`${name}:${key}`) ?? []).filter(
        (at) => at > now - seconds * 1_000,
      );
      windows.set(`${name}:${key}`, window);
      if (window.length >= most) throw tooMany(name);
      window.push(now);
    },
  };
}

function tooMany(name: RateName): GraphRefusal {
  const isSend = name === 'texts' || name === 'media';
  return isSend
    ? new GraphRefusal(
        'OAuthException',
        80006,
        '(#80006) There have been too many calls to this Page account. Wait a bit and try again.',
      )
    : new GraphRefusal(
        'OAuthException',
        613,
        '(#613) Calls to this api have exceeded the rate limit.',
      );
}
