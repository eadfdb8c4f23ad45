/** Something that a text speaks of. */
export type Entity = DateEntity | PhoneEntity | MoneyEntity | TermEntity;

/** A day, a time of it, or days in a row; as the calendar and the clock on the wall show them. */
export interface DateEntity {
  readonly kind: 'date';
  /** The words. */
  readonly text: string;
  /** Such as `2026-11-27`. */
  readonly date: string;
  /** Such as `15:00`, when the text says one. */
  readonly time?: string;
  /** The last day, of a week or a weekend. */
  readonly until?: string;
}

/** A phone number that is valid in its country. */
export interface PhoneEntity {
  readonly kind: 'phone';
  readonly text: string;
  /** In the form E.164, such as `+84912345678`. */
  readonly number: string;
}

/** An amount of money. */
export interface MoneyEntity {
  readonly kind: 'money';
  readonly text: string;
  readonly amount: number;
  readonly currency: 'VND' | 'USD' | 'EUR';
}

/** A phrase of the examples' `terms`. */
export interface TermEntity {
  readonly kind: 'term';
  readonly text: string;
  /** Such as `drink`. */
  readonly name: string;
  /** Such as `milk-tea`. */
  readonly value: string;
}

/** An entity and where it stands, in UTF-16 units; `end` is behind it. */
export interface Found {
  readonly start: number;
  readonly end: number;
  readonly entity: Entity;
}
