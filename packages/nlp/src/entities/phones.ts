import { findPhoneNumbersInText, type CountryCode } from 'libphonenumber-js/max';
import type { Found } from './entity.ts';

/** Numbers have at least this many digits; looking for one is dear. */
const DIGITS = /\d(?:[^\p{L}\d]{0,3}\d){6}/u;

/** Up to the hundredth digit: a person gives a number or two, and whole pages of them take long. */
const BEGINNING = /^(?:\D*\d){1,100}/;

/** Valid phone numbers; those without a country are of this one. */
export function findPhones(text: string, country: CountryCode): Found[] {
  if (!DIGITS.test(text)) return [];
  const beginning = BEGINNING.exec(text)?.[0] ?? '';
  return findPhoneNumbersInText(beginning, country).map(({ number, startsAt, endsAt }) => ({
    start: startsAt,
    end: endsAt,
    entity: { kind: 'phone', text: text.slice(startsAt, endsAt), number: number.number },
  }));
}
