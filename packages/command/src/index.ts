// The command
export { runCommand, type CommandOptions } from './process.ts';

// What it works on
export type { Operations, OperatorQueue, OpenRedis } from './operations.ts';
export type { OperatorPage } from './operations.ts';

export type { MenuChange } from './menu.ts';
