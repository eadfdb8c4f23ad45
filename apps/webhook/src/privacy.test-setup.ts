import type { AppOptions } from './app.ts';

/** Has the app take wishes to be forgotten, and remember nothing of them. */
export const privacy: NonNullable<AppOptions['privacy']> = {
  publicUrl: 'https://bot.example',
  deadLetters: { get: async () => undefined },
  records: {
    received: async () => {},
    done: async () => {},
    partly: async () => {},
    read: async () => undefined,
  },
};
