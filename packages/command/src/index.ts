// The command
export { runCommand, type CommandOptions } from './process.ts';

// What it works on
export type { Operations, OperatorQueue, OpenRedis } from './operations.ts';
export type { OperatorPage, PageStatus } from './operations.ts';

// Pages
export {
  checkPage,
  type PageCheck,
  type PageCheckOptions,
  type PageFinding,
  type PageGraph,
} from './page-check.ts';
export type { MenuChange } from './menu.ts';
