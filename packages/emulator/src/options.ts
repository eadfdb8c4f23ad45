import { type Clock, systemClock } from './clock.ts';
import { EmulatorError } from './errors.ts';
import { DEFAULT_PAGE_NAME, type Page, type PageOptions } from './pages.ts';
import { defaultPeople, isPsid, type Person, type PersonOptions } from './people.ts';
import { type Random, systemRandom } from './random.ts';

interface RequiredOptions {
  /** Where deliveries go, e.g. `http://localhost:3000/webhook`. */
  readonly webhookUrl: string;
  /** Signs the deliveries and checks `appsecret_proof`. */
  readonly appSecret: string;
  /** What the handshake sends as `hub.verify_token`. */
  readonly verifyToken: string;
  /** The Pages that the app is connected to, at least one; people that nobody placed talk to the first. */
  readonly pages: readonly PageOptions[];
}

interface OptionalOptions {
  /** Address to listen on. Default `127.0.0.1`. */
  readonly host: string;
  /** Port to listen on. Default 0: a free one. */
  readonly port: number;
  /** Who chats. Default: four people. */
  readonly people: readonly PersonOptions[];
  /** Most events of one delivery, 1 to 1000 (Meta's most). What is said at once shares one. Default 1. */
  readonly eventsPerDelivery: number;
  /**
   * Pauses in milliseconds between the attempts of one delivery; after the last one the delivery
   * is given up. Default: at once, 1 s, 2 s, 5 s, 10 s, 30 s, then each minute for an hour, since
   * Meta tries "immediately a few more times" and disables the webhook after an hour
   * (developers.facebook.com/docs/messenger-platform/webhooks).
   */
  readonly redeliveryDelaysMs: readonly number[];
  /**
   * How many times faster than Meta's clock redeliveries, the alert after 15 minutes and the end of
   * the subscription after an hour come. Default 1.
   */
  readonly speed: number;
  /** How long each Graph call takes before it is looked at: 0 to 600,000 milliseconds. Default 0. */
  readonly latencyMs: number;
  /** Refuse calls as Meta does when a client does not prove the app's secret. Default false. */
  readonly requireProof: boolean;
  /** Refuse calls above Meta's rates, not only report them. Default false. */
  readonly enforceRates: boolean;
  /** Which calls and deliveries faults with a `rate` meet; the same seed, the same draws. Default: any. */
  readonly seed: number;
  /** How many the state keeps at least: messages of a conversation, calls, deliveries. Default: all. */
  readonly history: number;
  /** Time. Default: the machine's. */
  readonly clock: Clock;
  /** Randomness of ids. Default: the operating system's. */
  readonly random: Random;
}

/** What `createEmulator` takes. */
export interface EmulatorOptions extends RequiredOptions, Partial<OptionalOptions> {}

/** Options with every default filled in. */
export interface Settings extends Omit<RequiredOptions, 'pages'>, Omit<OptionalOptions, 'people'> {
  readonly pages: readonly Page[];
  readonly people: readonly Person[];
}

/** More than an hour of pauses, so that the last attempt finds the hour over. */
const anHourOfDelaysMs: readonly number[] = [0, 1_000, 2_000, 5_000, 10_000, 30_000].concat(
  Array.from({ length: 60 }, () => 60_000),
);

const SEEDS = 2 ** 32;
const MOST_LATENCY_MS = 600_000;
/** A longer one ends at once: Node's timers cannot count it. */
const MOST_PAUSE_MS = 2 ** 31 - 1;

/** Fills in the defaults; refuses a bad option with its rule and, unless secret, its value. */
export function settingsOf(options: EmulatorOptions): Settings {
  const defaults = {
    host: '127.0.0.1',
    port: 0,
    people: defaultPeople,
    eventsPerDelivery: 1,
    redeliveryDelaysMs: anHourOfDelaysMs,
    speed: 1,
    latencyMs: 0,
    requireProof: false,
    enforceRates: false,
    seed: (options.random ?? systemRandom).bytes(4).readUInt32BE(),
    history: Infinity,
    clock: systemClock,
    random: systemRandom,
  } as const satisfies OptionalOptions;
  const given = Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  );
  const settings = { ...defaults, ...given } as RequiredOptions & OptionalOptions;
  requireHttpUrl(settings.webhookUrl);
  for (const name of ['appSecret', 'verifyToken'] as const) requireSecret(name, settings[name]);
  requireNumbers(settings);
  const pages = pagesOf(settings.pages);
  return { ...settings, pages, people: peopleOf(settings.people, pages) };
}

function pagesOf(given: readonly PageOptions[]): readonly Page[] {
  if (!Array.isArray(given) || given.length === 0) refuse('pages', 'must name at least one Page');
  const ids = new Set<string>();
  const tokens = new Set<string>();
  return given.map((page: PageOptions | null) => {
    if (page === null) refuse('pages', 'must be objects of id, name and accessToken');
    const { id, name = DEFAULT_PAGE_NAME, accessToken } = page;
    // Without what it is: a token, perhaps, in the wrong place.
    if (!isPsid(id)) refuse('pages', 'must have ids of 1 to 32 digits');
    if (typeof name !== 'string') refuse('pages', 'must have names that are texts');
    requireSecret('pages', accessToken);
    if (ids.has(id)) refuse('pages', 'must have different ids', id);
    if (tokens.has(accessToken)) refuse('pages', 'must have different access tokens');
    ids.add(id);
    tokens.add(accessToken);
    return { id, name, accessToken };
  });
}

function peopleOf(people: readonly PersonOptions[], pages: readonly Page[]): readonly Person[] {
  if (!Array.isArray(people)) refuse('people', 'must be a list');
  return people.map((person: PersonOptions | null) => {
    const given: Partial<PersonOptions> = person ?? {};
    const { psid, name = '', pageId = pages[0]?.id ?? '', ...more } = given;
    if (!isPsid(psid)) refuse('people', 'must have ids of 1 to 32 digits', psid);
    if (!pages.some(({ id }) => id === pageId)) refuse('people', 'must be of a Page', pageId);
    return { psid, name, pageId, ...more };
  });
}

function requireNumbers(settings: OptionalOptions): void {
  const { port, eventsPerDelivery, latencyMs, redeliveryDelaysMs, speed, seed, history } = settings;
  if (!isWhole(port, 0, 65_535)) refuse('port', 'must be an integer from 0 to 65535', port);
  if (!isWhole(eventsPerDelivery, 1, 1_000)) {
    refuse('eventsPerDelivery', 'must be an integer from 1 to 1000', eventsPerDelivery);
  }
  if (!(latencyMs >= 0 && latencyMs <= MOST_LATENCY_MS)) {
    refuse('latencyMs', `must be milliseconds, from 0 to ${MOST_LATENCY_MS}`, latencyMs);
  }
  if (!Array.isArray(redeliveryDelaysMs) || !redeliveryDelaysMs.every((ms) => ms >= 0)) {
    refuse('redeliveryDelaysMs', 'must hold milliseconds, 0 or more', redeliveryDelaysMs);
  }
  if (!(Number.isFinite(speed) && speed > 0)) refuse('speed', 'must be more than 0', speed);
  const longestMs = Math.max(0, ...redeliveryDelaysMs) / speed;
  if (longestMs > MOST_PAUSE_MS) {
    const rule = `a pause must be at most ${MOST_PAUSE_MS} milliseconds`;
    refuse('redeliveryDelaysMs and speed:', rule, longestMs);
  }
  if (!isWhole(seed, 0, SEEDS - 1)) refuse('seed', 'must be an integer below 2^32', seed);
  if (history !== Infinity && !isWhole(history, 0, Number.MAX_SAFE_INTEGER)) {
    refuse('history', 'must be an integer, 0 or more', history);
  }
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function requireSecret(name: string, value: unknown): void {
  if (typeof value === 'string' && value !== '') return;
  refuse(name, name === 'pages' ? 'must have access tokens' : 'must be a non-empty string');
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
