import { type Clock, systemClock } from './clock.ts';
import { EmulatorError } from './errors.ts';
import { defaultPeople, isPsid, type Person } from './people.ts';
import { type Random, systemRandom } from './random.ts';

interface RequiredOptions {
  /** Where deliveries go, e.g. `http://localhost:3000/webhook`. */
  readonly webhookUrl: string;
  /** Signs the deliveries and checks `appsecret_proof`. */
  readonly appSecret: string;
  /** What the handshake sends as `hub.verify_token`. */
  readonly verifyToken: string;
  /** The Page's token that Graph calls must carry. */
  readonly accessToken: string;
  /** The Page's id, digits only. */
  readonly pageId: string;
}

interface OptionalOptions {
  /** Address to listen on. Default `127.0.0.1`. */
  readonly host: string;
  /** Port to listen on. Default 0: a free one. */
  readonly port: number;
  /** The Page's name on the chat page. Default `Tiệm Trà Nhỏ`. */
  readonly pageName: string;
  /** Who chats. Default: four people. */
  readonly people: readonly Person[];
  /**
   * Pauses in milliseconds between the attempts of one delivery; after the last one the delivery
   * is given up. Default: at once, 1 s, 2 s, 5 s, 10 s, 30 s, then each minute for an hour, since
   * Meta tries "immediately a few more times" and disables the webhook after an hour
   * (developers.facebook.com/docs/messenger-platform/webhooks).
   */
  readonly redeliveryDelaysMs: readonly number[];
  /** How long each Graph call takes before it is looked at, in milliseconds. Default 0. */
  readonly latencyMs: number;
  /** Time. Default: the machine's. */
  readonly clock: Clock;
  /** Randomness. Default: the operating system's. */
  readonly random: Random;
}

/** What `createEmulator` takes. */
export interface EmulatorOptions extends RequiredOptions, Partial<OptionalOptions> {}

/** Options with every default filled in. */
export interface Settings extends RequiredOptions, OptionalOptions {}

/** An hour of pauses: 48 s of quick ones, then 59 minutes. */
const anHourOfDelaysMs: readonly number[] = [0, 1_000, 2_000, 5_000, 10_000, 30_000].concat(
  Array.from({ length: 59 }, () => 60_000),
);

const defaults = {
  host: '127.0.0.1',
  port: 0,
  pageName: 'Tiệm Trà Nhỏ',
  people: defaultPeople,
  redeliveryDelaysMs: anHourOfDelaysMs,
  latencyMs: 0,
  clock: systemClock,
  random: systemRandom,
} as const satisfies OptionalOptions;

/** Fills in the defaults; refuses a bad option with its rule and, unless secret, its value. */
export function settingsOf(options: EmulatorOptions): Settings {
  const given = Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  );
  const settings = { ...defaults, ...given } as Settings;
  requireHttpUrl(settings.webhookUrl);
  for (const name of ['appSecret', 'verifyToken', 'accessToken'] as const) {
    if (typeof settings[name] !== 'string' || settings[name] === '') {
      refuse(name, 'must be a non-empty string');
    }
  }
  if (!isPsid(settings.pageId)) refuse('pageId', 'must be 1 to 32 digits', settings.pageId);
  if (!Number.isInteger(settings.port) || settings.port < 0 || settings.port > 65_535) {
    refuse('port', 'must be an integer from 0 to 65535', settings.port);
  }
  if (!isDelay(settings.latencyMs)) {
    refuse('latencyMs', 'must be milliseconds, 0 or more', settings.latencyMs);
  }
  if (!settings.redeliveryDelaysMs.every(isDelay)) {
    refuse('redeliveryDelaysMs', 'must hold milliseconds, 0 or more', settings.redeliveryDelaysMs);
  }
  for (const person of settings.people) {
    if (!isPsid(person.psid)) refuse('people', 'must have ids of 1 to 32 digits', person.psid);
  }
  return settings;
}

function isDelay(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}

function requireHttpUrl(value: string): void {
  const url = URL.parse(value);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    refuse('webhookUrl', 'must be an http or https address', value);
  }
}

function refuse(name: string, rule: string, value?: unknown): never {
  const got = value === undefined ? '' : `, got ${JSON.stringify(value)}`;
  throw new EmulatorError('INVALID_OPTION', `${name} ${rule}${got}`);
}
