import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Environment } from './environment.ts';
import { privateFolder, repositoryFolder } from './folders.ts';
import { withOwn } from './own-variables.ts';
import type { Stack } from './stack.ts';

/** What the operators' command needs to work on a stack: what the worker has, and nothing of a shell. */
export function botVariables(
  { credentials, emulator, redisUrl }: Pick<Stack, 'credentials' | 'emulator' | 'redisUrl'>,
  environment: Environment,
): Environment {
  return withOwn(
    {},
    {
      REDIS_URL: redisUrl,
      REDIS_REPLICAS: '',
      APP_SECRET: credentials.appSecret,
      PAGE_ACCESS_TOKEN: credentials.pageAccessToken,
      PAGES_FILE: '',
      GRAPH_API_URL: emulator?.url ?? environment['GRAPH_API_URL'],
      GRAPH_API_VERSION: environment['GRAPH_API_VERSION'],
      PORT: '',
      HOST: '',
      LOG_LEVEL: '',
    },
  );
}

/** Where `npm run bot` finds them while `npm start` runs; git does not see it. */
export const botVariablesFile: string = join(repositoryFolder, '.local', 'bot.env');

/** Keeps them for this user only; answers how they are taken away. */
export async function keepBotVariables(
  variables: Environment,
  path: string = botVariablesFile,
): Promise<() => Promise<void>> {
  await privateFolder(dirname(path));
  const lines = Object.entries(variables)
    .filter(([, value]) => value !== undefined)
    .map(([name, value = '']) => `${name}=${quoted(value)}\n`);
  const remove = (): Promise<void> => rm(path, { force: true });
  // A file that is there would keep its mode.
  await remove();
  await writeFile(path, lines.join(''), { mode: 0o600 });
  return remove;
}

/** In a kind of quotes that the value does not hold: no other way to write them is understood. */
function quoted(value: string): string {
  const quote = ["'", '`', '"'].find((each) => !value.includes(each)) ?? '';
  return `${quote}${value}${quote}`;
}
