import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Environment } from './environment.ts';
import { repositoryFolder } from './folders.ts';
import { SetupError } from './setup-error.ts';
import type { Credentials } from './stack.ts';

/** What `npm start` runs. */
export interface Settings {
  /** Of a real Page, to run against Meta; absent for the local Messenger. */
  readonly credentials: Credentials | undefined;
  readonly ports: { readonly webhook: number; readonly worker: number; readonly chat: number };
  readonly redisUrl: string | undefined;
  /** Where what is said is kept. */
  readonly databaseUrl: string;
  readonly logLevel: string;
}

const LOCAL_DATABASE = `file:${join(repositoryFolder, '.local', 'history')}`;
const secrets = ['PAGE_ACCESS_TOKEN', 'APP_SECRET', 'VERIFY_TOKEN'] as const;

/** The environment with `.env` beneath it. */
export async function readEnvironment(environment: Environment): Promise<Environment> {
  let text: string;
  try {
    text = await readFile(join(repositoryFolder, '.env'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return environment;
    throw new SetupError(`.env cannot be read (${(error as Error).message}).`);
  }
  return { ...parseEnv(text), ...environment };
}

/** @throws SetupError with one line for a port that is none, or secrets that are there in part. */
export function settingsOf(environment: Environment): Settings {
  const read = (name: string): string => environment[name] ?? '';
  const missing = secrets.filter((name) => read(name) === '');
  if (missing.length > 0 && missing.length < secrets.length) {
    throw new SetupError(
      `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing: set all of ${secrets.join(', ')} to run against Meta, or none of them for the local Messenger.`,
    );
  }
  const [pageAccessToken = '', appSecret = '', verifyToken = ''] = secrets.map(read);
  const live = missing.length === 0;
  return {
    credentials: live ? { pageAccessToken, appSecret, verifyToken } : undefined,
    ports: {
      webhook: port('WEBHOOK_PORT', read('WEBHOOK_PORT'), 3000),
      worker: port('WORKER_PORT', read('WORKER_PORT'), 3001),
      chat: port('CHAT_PORT', read('CHAT_PORT'), 4000),
    },
    redisUrl: live && read('REDIS_URL') !== '' ? read('REDIS_URL') : undefined,
    databaseUrl: live ? read('DATABASE_URL') || LOCAL_DATABASE : 'memory:',
    logLevel: read('LOG_LEVEL') === '' ? 'warn' : read('LOG_LEVEL'),
  };
}

function port(name: string, text: string, otherwise: number): number {
  if (text === '') return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 65_535) return value;
  throw new SetupError(`${name} must be a port from 1 to 65535.`);
}
