import { freePort } from '@bot/dev';
import { createGraphClient } from '@bot/graph-client';
import { expect, it } from 'vitest';
import { checkPage } from './page-check.ts';
import { troubleOf } from './page-trouble.ts';

it('says nothing of a Page when nobody answers for Graph', async () => {
  const graph = createGraphClient({
    accessToken: 'tea-token',
    baseUrl: `http://127.0.0.1:${await freePort()}`,
    pipeline: [],
  });
  const { signal } = new AbortController();
  const check = checkPage({ graph, fields: ['messages'], repair: true, now: 1, signal });
  const error: unknown = await check.catch((refused: unknown) => refused);
  expect(error).toMatchObject({ kind: 'transient', scope: 'app', code: 'ECONNREFUSED' });
  expect(troubleOf(error, 1)).toBeUndefined();
  await graph.close();
});
