import { startStack, type RedisServer, type Stack, type StackOptions } from '@bot/dev';
import type { Emulator } from '@bot/emulator';

/** The whole path with a Redis and a Messenger of its own. */
export interface LocalStack {
  readonly stack: Stack;
  readonly redis: RedisServer;
  readonly emulator: Emulator;
}

export async function startLocalStack(options: StackOptions = {}): Promise<LocalStack> {
  const stack = await startStack({ logLevel: 'error', ...options });
  const { redis, emulator } = stack;
  if (!redis || !emulator) throw new Error('The stack has no Redis or no emulator of its own.');
  return { stack, redis, emulator };
}
