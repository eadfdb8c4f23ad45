// The whole path
export { startStack } from './stack.ts';
export type { Stack } from './stack.ts';

// Redis
export { startRedis } from './redis-server.ts';
export type { RedisServer } from './redis-server.ts';

// This machine
export { findChromium } from './chromium.ts';
export { freePort } from './ports.ts';
