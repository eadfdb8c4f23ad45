import { parseArgs } from 'node:util';
import type { EmulatorOptions } from './options.ts';

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
    };

/** Good for a machine of one's own only; the README lists them. */
const developmentDefaults = {
  APP_SECRET: 'development-app-secret',
  VERIFY_TOKEN: 'development-verify-token',
  PAGE_ACCESS_TOKEN: 'development-page-token',
} as const;

const DEFAULT_PORT = 4000;
const DEFAULT_PAGE_ID = '100000000000001';

/** The text of `--help`. */
export const usage: string = `Usage: emulator --webhook <address> [options]

A local Messenger: a chat page, the Graph API's side, and signed deliveries to your webhook.

  --webhook <address>  where deliveries go, e.g. http://localhost:3000/webhook
  --port <number>      where to listen, 0 for a free port (default ${DEFAULT_PORT})
  --host <address>     address to listen on (default 127.0.0.1)
  --page-id <digits>   the Page's id (default ${DEFAULT_PAGE_ID})
  --page-name <name>   the Page's name on the chat page
  --help, --version

Environment: APP_SECRET, VERIFY_TOKEN, PAGE_ACCESS_TOKEN, the same as your bot's;
development defaults hold where one is not set.`;

/** Reads arguments and environment; decides nothing else and prints nothing. */
export function parseCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Command {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        webhook: { type: 'string' },
        port: { type: 'string', default: String(DEFAULT_PORT) },
        host: { type: 'string' },
        'page-id': { type: 'string', default: DEFAULT_PAGE_ID },
        'page-name': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    }));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'wrong', reason: message.split('\n', 1)[0] ?? message };
  }
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  const { webhook, port, host, 'page-id': pageId, 'page-name': pageName } = values;
  if (webhook === undefined) {
    return { kind: 'wrong', reason: '--webhook is missing, e.g. http://localhost:3000/webhook' };
  }
  if (!/^\d{1,5}$/.test(port)) {
    return { kind: 'wrong', reason: `--port must be a number from 0 to 65535, got "${port}"` };
  }
  const defaulted: string[] = [];
  const secret = (name: keyof typeof developmentDefaults): string => {
    // While a secret is rotated there are several; the first one signs.
    const value = environment[name]?.split(',', 1)[0]?.trim();
    if (value !== undefined && value !== '') return value;
    defaulted.push(name);
    return developmentDefaults[name];
  };
  const options: EmulatorOptions = {
    webhookUrl: webhook,
    appSecret: secret('APP_SECRET'),
    verifyToken: secret('VERIFY_TOKEN'),
    accessToken: secret('PAGE_ACCESS_TOKEN'),
    pageId,
    port: Number(port),
    ...(host === undefined ? {} : { host }),
    ...(pageName === undefined ? {} : { pageName }),
  };
  return { kind: 'start', options, defaulted };
}
