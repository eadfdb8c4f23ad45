import { parseArgs } from 'node:util';
import { loadUsage, parseLoad } from './load/load-arguments.ts';
import type { LoadOptions } from './load/load.ts';
import type { EmulatorOptions } from './options.ts';
import type { PageOptions } from './pages.ts';

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly reason: string }
  | {
      readonly kind: 'start';
      readonly options: EmulatorOptions;
      /** The variables that were not set, so that their development defaults hold. */
      readonly defaulted: readonly string[];
    }
  | { readonly kind: 'load'; readonly load: LoadOptions; readonly defaulted: readonly string[] };

/** Where arguments come from besides the command line. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The text of a file. */
  readonly readFile: (path: string) => string;
}

/** Good for a machine of one's own only; the README lists them. */
const developmentDefaults = {
  APP_SECRET: 'development-app-secret',
  VERIFY_TOKEN: 'development-verify-token',
  PAGE_ACCESS_TOKEN: 'development-page-token',
} as const;

const DEFAULT_PORT = 4000;
const DEFAULT_PAGE_ID = '100000000000001';
/** Days of trying out fit into little memory with it. */
const HISTORY = 5_000;

/** The text of `--help`. */
export const usage: string = `Usage: emulator --webhook <address> [options]
       emulator load --webhook <address> --people <number> --rate <number> --for <time>

A local Messenger: a chat page, the Graph API's side, and signed deliveries to your webhook.

  --webhook <address>  where deliveries go, e.g. http://localhost:3000/webhook
  --port <number>      where to listen, 0 for a free port (default ${DEFAULT_PORT})
  --host <address>     address to listen on (default 127.0.0.1)
  --page-id <digits>   the Page's id (default ${DEFAULT_PAGE_ID})
  --page-name <name>   the Page's name on the chat page
  --pages <file>       several Pages: JSON, [{"id", "name", "accessToken"}]
  --batch <number>     most events of one delivery, up to 1000 (default 1)
  --speed <number>     how many times faster Meta's hours of redelivery pass (default 1)
  --latency <ms>       how long each Graph call takes (default 0)
  --require-proof      refuse calls without appsecret_proof
  --enforce-rates      refuse calls above Meta's rates
  --seed <number>      which calls faults with a rate meet
  --help, --version

${loadUsage}

Environment: APP_SECRET, VERIFY_TOKEN, PAGE_ACCESS_TOKEN, the same as your bot's;
development defaults hold where one is not set.`;

const startOptions = {
  webhook: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  'page-id': { type: 'string', default: DEFAULT_PAGE_ID },
  'page-name': { type: 'string' },
  pages: { type: 'string' },
  batch: { type: 'string' },
  speed: { type: 'string' },
  latency: { type: 'string' },
  'require-proof': { type: 'boolean' },
  'enforce-rates': { type: 'boolean' },
  seed: { type: 'string' },
  people: { type: 'string' },
  rate: { type: 'string' },
  for: { type: 'string' },
  patience: { type: 'string' },
  late: { type: 'string' },
  fault: { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/** A wrong argument, in one line. */
class WrongArgument extends Error {}

/** Reads arguments and surroundings; decides nothing else and prints nothing. */
export function parseCommand(args: readonly string[], surroundings: Surroundings): Command {
  try {
    return commandOf(args, surroundings);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'wrong', reason: message.split('\n', 1)[0] ?? message };
  }
}

function commandOf(args: readonly string[], surroundings: Surroundings): Command {
  const isLoad = args[0] === 'load';
  const { values } = parseArgs({ args: args.slice(isLoad ? 1 : 0), options: startOptions });
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  const { webhook, host, 'page-name': pageName } = values;
  if (webhook === undefined) {
    throw new WrongArgument('--webhook is missing, e.g. http://localhost:3000/webhook');
  }
  const defaulted: string[] = [];
  const secret = (name: keyof typeof developmentDefaults): string => {
    // While a secret is rotated there are several; the first one signs.
    const value = surroundings.environment[name]?.split(',', 1)[0]?.trim();
    if (value !== undefined && value !== '') return value;
    defaulted.push(name);
    return developmentDefaults[name];
  };
  const number = (
    name: 'port' | 'batch' | 'speed' | 'latency' | 'seed',
    least: number,
    most: number,
  ): number | undefined => numberOf(`--${name}`, values[name], least, most);
  const port = number('port', 0, 65_535) ?? (isLoad ? 0 : DEFAULT_PORT);
  const options: EmulatorOptions = {
    webhookUrl: webhook,
    appSecret: secret('APP_SECRET'),
    verifyToken: secret('VERIFY_TOKEN'),
    pages:
      values.pages === undefined
        ? [{ id: values['page-id'], name: pageName, accessToken: secret('PAGE_ACCESS_TOKEN') }]
        : pagesIn(values.pages, surroundings.readFile),
    port,
    ...given('host', host),
    ...given('eventsPerDelivery', number('batch', 1, 1_000)),
    ...given('speed', number('speed', 0.001, 1_000_000)),
    ...given('latencyMs', number('latency', 0, 600_000)),
    ...given('requireProof', values['require-proof']),
    ...given('enforceRates', values['enforce-rates']),
    ...given('seed', number('seed', 0, 2 ** 32 - 1)),
    history: HISTORY,
  };
  if (!isLoad) return { kind: 'start', options, defaulted };
  return { kind: 'load', load: parseLoad(values, options), defaulted };
}

function given<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [K in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [K in Name]?: Value };
}

/** @throws Error that names the argument, its rule and what was given. */
function numberOf(
  name: string,
  value: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (value === undefined) return undefined;
  const number = /^\d{1,10}(?:\.\d{1,6})?$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new WrongArgument(`${name} must be a number from ${least} to ${most}, got "${value}"`);
}

function pagesIn(path: string, readFile: Surroundings['readFile']): readonly PageOptions[] {
  try {
    return JSON.parse(readFile(path)) as readonly PageOptions[];
  } catch (error) {
    // The file holds tokens: what JSON.parse quotes of it must not be shown.
    const reason = error instanceof SyntaxError ? 'it is no JSON' : String(error);
    throw new WrongArgument(`--pages ${path} cannot be read: ${reason}`);
  }
}
