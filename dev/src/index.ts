// The whole path
export { startStack } from './stack.ts';
export type { Stack } from './stack.ts';

// Redis
export { startRedis } from './redis-server.ts';
export type { RedisServer } from './redis-server.ts';

// Processes
export { startChild } from './child.ts';
export type { Child, ChildExit } from './child.ts';
export { createGuard } from './guard.ts';
export type { Guard } from './guard.ts';

// Waiting
export { delay, poll } from './clock.ts';

// This machine
export { findChromium } from './chromium.ts';
export { freePort } from './ports.ts';
