import { startStack, type RedisServer, type Stack } from '@bot/dev';
import type { Emulator } from '@bot/emulator';

/** The whole path with a Redis and a Messenger of its own. */
export interface LocalStack {
  readonly stack: Stack;
  readonly redis: RedisServer;
  readonly emulator: Emulator;
}

export async function startLocalStack(): Promise<LocalStack> {
  const stack = await startStack({ logLevel: 'error' });
  const { redis, emulator } = stack;
  if (!redis || !emulator) throw new Error('The stack has no Redis or no emulator of its own.');
  return { stack, redis, emulator };
}
