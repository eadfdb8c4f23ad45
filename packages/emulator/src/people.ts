import { EmulatorError } from './errors.ts';

/** Somebody who chats with a Page. */
export interface Person {
  /** Page-scoped id, digits only. Meta's have 16 or 17. */
  readonly psid: string;
  readonly name: string;
  /** The Page that they talk to: a person has another id with each Page. */
  readonly pageId: string;
  /** What Graph tells of them, such as `vi_VN`. Default `vi_VN`. */
  readonly locale?: string | undefined;
  /** Hours from UTC. Default 7. */
  readonly timezone?: number | undefined;
  /** When they last wrote before this began, in milliseconds since 1970. Default: never. */
  readonly wroteAt?: number | undefined;
}

/** The same, for the first Page when none is named. */
export type PersonOptions = Omit<Person, 'pageId'> & { readonly pageId?: string | undefined };

/** Who is there when `people` is not given. */
export const defaultPeople: readonly PersonOptions[] = [
  { psid: '6174920385517204', name: 'Nguyễn Thu Hà' },
  { psid: '7028841196350412', name: 'Trần Minh Quân' },
  { psid: '24819003751462083', name: 'Alice Johnson', locale: 'en_US', timezone: -5 },
  { psid: '9340175562208871', name: 'Lê Hoàng Anh' },
];

/** True for what can be a page-scoped id: 1 to 32 digits. */
export function isPsid(value: unknown): value is string {
  return typeof value === 'string' && /^\d{1,32}$/.test(value);
}

/** The person for an id that nobody named: `Khách 1234`, by the last four digits. */
export function stranger(psid: string, pageId: string): Person {
  if (!isPsid(psid)) {
    throw new EmulatorError(
      'INVALID_PSID',
      `A person's id is 1 to 32 digits, got ${JSON.stringify(psid)}`,
    );
  }
  return { psid, name: `Khách ${psid.slice(-4)}`, pageId };
}
