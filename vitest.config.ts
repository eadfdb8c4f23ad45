import { defineConfig } from 'vitest/config';

const source = { conditions: ['@bot/source'] };

function project(name: string, root: string, more: object = {}): object {
  return {
    resolve: source,
    ssr: { resolve: source },
    test: { name, root, include: ['src/**/*.test.ts'], ...more },
  };
}

/** Whole processes and a browser: each file alone, with time for both. */
const slow = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  fileParallelism: false,
  expect: { poll: { timeout: 10_000 } },
};

/** Bounds of seconds are asserted there: after everything else, not beside it. */
const faults = {
  include: ['faults/**/*.test.ts'],
  testTimeout: 600_000,
  hookTimeout: 120_000,
  fileParallelism: false,
  sequence: { groupOrder: 1 },
};

export default defineConfig({
  test: {
    projects: [
      project('repository', '.', { include: ['*.test.ts'] }),
      project('graph-client', 'packages/graph-client'),
      project('queue', 'packages/queue', { testTimeout: 20_000, hookTimeout: 60_000 }),
      project('handlers', 'packages/handlers', { hookTimeout: 60_000 }),
      project('emulator', 'packages/emulator', {
        include: ['src/**/*.test.ts', 'page/**/*.test.ts'],
      }),
      project('service', 'packages/service'),
      project('pages', 'packages/pages'),
      project('board', 'packages/board'),
      project('telemetry', 'packages/telemetry'),
      project('command', 'packages/command'),
      project('privacy', 'packages/privacy'),
      project('nlp', 'packages/nlp'),
      project('history', 'packages/history', { testTimeout: 20_000, hookTimeout: 60_000 }),
      project('insights', 'packages/insights', { testTimeout: 20_000, hookTimeout: 60_000 }),
      project('webhook', 'apps/webhook'),
      project('worker', 'apps/worker'),
      project('dev', 'dev'),
      project('bench', 'bench'),
      project('examples', 'examples', { include: ['*/*.test.ts'] }),
      project('e2e', 'e2e', slow),
      project('faults', 'e2e', { ...faults, exclude: ['faults/soak.test.ts'] }),
      project('soak', 'e2e', { ...faults, include: ['faults/soak.test.ts'] }),
      project('release', 'e2e', { ...slow, include: ['release/**/*.test.ts'] }),
    ],
    coverage: {
      include: ['packages/*/src/**/*.ts', 'apps/*/src/**/*.ts'],
      exclude: ['**/*.test.ts'],
    },
  },
});
