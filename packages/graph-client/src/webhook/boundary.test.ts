import { readFileSync, readdirSync } from 'node:fs';

import { expect, it } from 'vitest';

const folder = new URL('./', import.meta.url);
const sources = readdirSync(folder).filter(
  (name) => name.endsWith('.ts') && !/\.test[.-]/.test(name),
);

it('the webhook entry reaches no HTTP client: it imports node:crypto, zod and its own folder only', () => {
  const imported = sources.flatMap((name) =>
    [...readFileSync(new URL(name, folder), 'utf8').matchAll(/\bfrom '([^']+)'/g)].map(
      ([, from]) => from,
    ),
  );
  expect(sources.length).toBeGreaterThan(5);
  expect(imported).toContain('node:crypto');
  expect(
    imported.filter(
      (from) => from === undefined || !/^(?:\.\/[\w-]+\.ts|node:crypto|zod)$/.test(from),
    ),
  ).toEqual([]);
});
