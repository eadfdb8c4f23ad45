import { PayloadError, SetupError } from './errors.ts';
import { isSignedBy, sign } from './payload-signature.ts';

/** What a button or a quick reply carries, and how it is read back. */
export interface PayloadOptions<Data> {
  /** Stands before the data: 1 to 40 of `A-Z a-z 0-9 _ -`. */
  readonly name: string;
  /** Of what `write` makes: 1 to 999. Default 1. */
  readonly version?: number;
  /**
   * Checks what was read, and types it; throws when it does not fit. `schema.parse` of zod fits.
   * What was written is run through it as well.
   */
  readonly parse: (data: unknown) => Data;
  /** By old version: makes data of that version into the next one's. Buttons stay in conversations for years. */
  readonly upgrade?: Readonly<Record<number, (data: unknown) => unknown>>;
  /**
   * Of at least 16 characters each. The first signs, all of them are taken, so that they can be
   * changed. Default: unsigned. Sign what must not be made up: a link such as `m.me/…?ref=` and
   * other apps of the Page can send any payload.
   */
  readonly secrets?: readonly string[];
}

/** What reading found; `other` is a payload of another name. */
export type PayloadRead<Data> =
  | { readonly kind: 'read'; readonly data: Data }
  | { readonly kind: 'other' }
  | { readonly kind: 'unreadable'; readonly reason: 'signature' | 'version' | 'data' };

/** One kind of payload. Made by {@link createPayload}. */
export interface Payload<Data> {
  readonly name: string;
  /** @throws {PayloadError} for data that does not fit, or is too much for Meta's 1000 characters. */
  write(data: Data): string;
  /** What a tap carried, whoever wrote it; never throws. */
  read(payload: string): PayloadRead<Data>;
}

/** Meta's limit for buttons, quick replies and menu items, in UTF-16 code units. */
const MAX_LENGTH = 1_000;
const MIN_SECRET_LENGTH = 16;
const NAME = /^[\w-]{1,40}$/;
/** `name`, `name:version` or `name:version:json`; a signature stands before, apart by a dot. */
const FORM = /^(?:([\w-]{22})\.)?([\w-]{1,40})(?::(\d{1,3})(?::(.*))?)?$/s;

/**
 * A typed payload: `BUY:2:{"sku":"SEN"}`. Old versions are still understood. Without data and in its
 * first version it is its name alone, so that `GET_STARTED` of other tools can be read, too.
 *
 * @example
 * const buy = createPayload({ name: 'BUY', parse: z.object({ sku: z.string() }).parse });
 * await turn.reply({ text: 'Mua?', quickReplies: [{ title: 'Mua', payload: buy.write({ sku: 'SEN' }) }] });
 * bot.payload(buy, (turn, { sku }) => turn.reply(`Bạn mua ${sku}.`));
 *
 * @throws {SetupError} for a name, version or secret that breaks its rule.
 */
export function createPayload<Data>(options: PayloadOptions<Data>): Payload<Data> {
  const { name, version = 1, parse, upgrade = {}, secrets = [] } = options;
  assertOptions(name, version, secrets);
  const [secret] = secrets;

  function upgraded(data: unknown, from: number): unknown {
    let current = data;
    for (let each = from; each < version; each += 1) current = upgrade[each]?.(current);
    return current;
  }

  function isKnown(from: number): boolean {
    const missing = Array.from({ length: Math.max(0, version - from) }, (_, index) => from + index);
    return from >= 1 && from <= version && missing.every((each) => upgrade[each] !== undefined);
  }

  function jsonOf(data: Data): string | undefined {
    try {
      const json = data === undefined ? undefined : JSON.stringify(data);
      parse(json === undefined ? undefined : JSON.parse(json));
      return json;
    } catch (cause) {
      const message = `Payload ${name} was given data that JSON cannot hold, or its own parse refuses.`;
      throw new PayloadError(message, { cause });
    }
  }

  return {
    name,
    write(data) {
      const json = jsonOf(data);
      const plain =
        json !== undefined
          ? `${name}:${version}:${json}`
          : version === 1
            ? name
            : `${name}:${version}`;
      const payload = secret === undefined ? plain : `${sign(plain, secret)}.${plain}`;
      if (payload.length > MAX_LENGTH) {
        throw new PayloadError(
          `Payload ${name} has ${payload.length} characters, and Messenger takes ${MAX_LENGTH}. Put an id into it, and the rest into the session.`,
        );
      }
      return payload;
    },
    read(payload) {
      const [, signature, found, digits = '1', json] = FORM.exec(payload) ?? [];
      if (found !== name) return { kind: 'other' };
      const plain = signature === undefined ? payload : payload.slice(signature.length + 1);
      if (secrets.length > 0 && !isSignedBy(plain, signature ?? '', secrets)) {
        return { kind: 'unreadable', reason: 'signature' };
      }
      const from = Number(digits);
      if (!isKnown(from)) return { kind: 'unreadable', reason: 'version' };
      try {
        const data: unknown = json === undefined ? undefined : JSON.parse(json);
        return { kind: 'read', data: parse(upgraded(data, from)) };
      } catch {
        return { kind: 'unreadable', reason: 'data' };
      }
    },
  };
}

function assertOptions(name: string, version: number, secrets: readonly string[]): void {
  if (!NAME.test(name)) {
    throw new SetupError(`A payload's name has 1 to 40 of A-Z a-z 0-9 _ -, got ${name}.`);
  }
  if (!Number.isInteger(version) || version < 1 || version > 999) {
    throw new SetupError(`Payload ${name} must have a version from 1 to 999, got ${version}.`);
  }
  if (secrets.some((each) => each.length < MIN_SECRET_LENGTH)) {
    throw new SetupError(
      `Each secret of payload ${name} must have at least ${MIN_SECRET_LENGTH} characters.`,
    );
  }
}
