import type { NlpEntity, TextEvent } from '@bot/graph-client/webhook';
import type { CountryCode } from 'libphonenumber-js/max';
import type { DateEntity, Entity, Found } from './entity.ts';
import { findMoney } from './money.ts';
import { findPhones } from './phones.ts';

/** Which of Messenger's entities are taken; every option has a default. */
export interface MessengerEntityOptions {
  /** From 0 to 1, default 0.7: what Messenger is less sure of is left out. */
  readonly atLeast?: number;
  /** Of phone numbers without one, by ISO 3166. Default `VN`. */
  readonly country?: CountryCode;
}

/**
 * The dates, phone numbers and money that Messenger's built-in NLP found, in the form of an
 * `EntityFinder`. What has no value that can be read is left out.
 *
 * @example
 * const found = messengerEntities(event);
 * const entities = found.length > 0 ? found : finder.find(event.text, { now: turn.now() });
 */
export function messengerEntities(
  { nlp }: Pick<TextEvent, 'nlp'>,
  { atLeast = 0.7, country = 'VN' }: MessengerEntityOptions = {},
): Entity[] {
  return (nlp?.entities ?? [])
    .filter(({ confidence }) => confidence >= atLeast)
    .flatMap((entity) => toEntity(entity, country));
}

/** By Wit's name, `wit$datetime:datetime`, or the older one, `datetime`. */
function toEntity({ name, body = '', value = '' }: NlpEntity, country: CountryCode): Entity[] {
  switch (name.replace(/^wit\$/, '').replace(/:.*$/, '')) {
    case 'datetime':
      return dateOf(body, value);
    case 'phone_number':
      return firstOf(findPhones(body || value, country));
    case 'amount_of_money':
      // The value has no currency.
      return firstOf(findMoney(body));
    default:
      return [];
  }
}

const firstOf = (found: readonly Found[]): Entity[] =>
  found.slice(0, 1).map(({ entity }) => entity);

/** `2026-11-27T15:00:00.000+07:00`: midnight stands for the whole day. */
function dateOf(text: string, value: string): DateEntity[] {
  const [, date, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(value) ?? [];
  if (date === undefined) return [];
  return [
    { kind: 'date', text, date, ...(time === undefined || time === '00:00' ? {} : { time }) },
  ];
}
