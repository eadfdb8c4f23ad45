import { join } from 'node:path';

/** The top of the repository. */
export const repository: string = join(import.meta.dirname, '..', '..', '..');

/** What is deployed. */
export const apps = ['webhook', 'worker'] as const;

export type App = (typeof apps)[number];
