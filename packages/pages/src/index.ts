// Which Pages there are
export {
  listPages,
  openPages,
  pagesSourceRule,
  type ListedPage,
  type PageBook,
  type PagesSource,
} from './page-book.ts';
export { PagesError, type PageSettings } from './page-settings.ts';
export type { PagesFileListener } from './pages-file.ts';

// Sending
export { createPageSender, type PageSender, type PageSenderOptions } from './page-sender.ts';

// Asking Graph
export { openPageGraph, type PageGraphOptions } from './page-graph.ts';

// How they are
export { checkPage, type PageCheck, type PageCheckOptions } from './page-check.ts';
export { neededFields } from './needed-fields.ts';
export {
  createPageRecords,
  type PageRecord,
  type PageRecords,
  type RedisCommands,
} from './page-records.ts';
export { statusOf, type PageStatus } from './page-status.ts';
export type { PageTrouble } from './page-trouble.ts';
export {
  createPageWatch,
  type PageWatch,
  type PageWatchListener,
  type PageWatchOptions,
} from './page-watch.ts';
