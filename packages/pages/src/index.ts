// Which Pages there are
export { listPages, openPages, type PageBook, type PagesSource } from './page-book.ts';
export { PagesError, type PageSettings } from './page-settings.ts';
export type { PagesFileListener } from './pages-file.ts';

// Sending
export { createPageSender, type PageSenderOptions } from './page-sender.ts';
