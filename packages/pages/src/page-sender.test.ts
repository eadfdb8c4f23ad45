import { createFakeTransport, createManualClock, graphError } from '@bot/graph-client/testing';
import { isPageTrouble } from '@bot/handlers';
import { expect, it } from 'vitest';
import type { PageBook } from './page-book.ts';
import { createPageSender } from './page-sender.ts';
import type { PageSettings } from './page-settings.ts';

const signal = new AbortController().signal;
const said = (pageId: string): Parameters<ReturnType<typeof createPageSender>['send']>[0] => ({
  pageId,
  to: '20',
  message: { text: 'Chào bạn' },
  messagingType: 'RESPONSE',
  metadata: 'step-1',
  signal,
});

function bookOf(pages: Record<string, PageSettings>): PageBook {
  return { get: (pageId) => pages[pageId], list: () => [], close: () => {} };
}

it('sends as the Page of the conversation, with its own token and secret', async () => {
  const transport = createFakeTransport();
  const pages = bookOf({
    '1': { accessToken: 'tea-token' },
    '2': { accessToken: 'coffee-token', appSecret: 'another-secret' },
  });
  const sender = createPageSender({ pages, transport, appSecret: 'app-secret', pipeline: [] });
  await sender.send(said('1'));
  await sender.send(said('2'));
  await sender.act({ pageId: '1', to: '20', action: 'typing_on', signal });
  const asked = transport.requests.map(({ path, headers }) => [
    path.replace(/\?.*/, ''),
    headers?.['authorization'],
  ]);
  expect(asked).toEqual([
    ['/v26.0/1/messages', 'Bearer tea-token'],
    ['/v26.0/2/messages', 'Bearer coffee-token'],
    ['/v26.0/1/messages', 'Bearer tea-token'],
  ]);
});

it('has a fresh client, which knows of no dead token, once the settings change', async () => {
  const transport = createFakeTransport({
    otherwise: ({ headers }) =>
      headers?.['authorization'] === 'Bearer dead'
        ? graphError(190, 460)
        : { body: { message_id: 'm_1' } },
  });
  const listed: Record<string, PageSettings> = { '1': { accessToken: 'dead' } };
  const sender = createPageSender({ pages: bookOf(listed), transport, appSecret: 'app-secret' });
  await expect(sender.send(said('1'))).rejects.toMatchObject({ kind: 'token-dead' });
  await expect(sender.send(said('1'))).rejects.toSatisfy(isPageTrouble);
  const tries = transport.requests.length;
  listed['1'] = { accessToken: 'alive' };
  await sender.send(said('1'));
  expect(transport.requests).toHaveLength(tries + 1);
});

it('calls a Page that nobody listed the trouble of that Page', async () => {
  const transport = createFakeTransport();
  const sender = createPageSender({ pages: bookOf({}), transport, appSecret: 'app-secret' });
  const refused = sender.send(said('3'));
  await expect(refused).rejects.toThrow('Page 3 is not in the file of Pages');
  await expect(refused).rejects.toSatisfy(isPageTrouble);
  expect(transport.requests).toEqual([]);
});

it('asks a conversation of a Page that is held back to come again within ten minutes', async () => {
  const clock = createManualClock();
  const transport = createFakeTransport({ otherwise: () => graphError(190, 460) });
  const listed = { '1': { accessToken: 'dead' } };
  const failed: unknown[] = [];
  const sender = createPageSender({
    pages: bookOf(listed),
    transport,
    clock,
    onFailed: (_pageId, error) => failed.push(error),
  });
  for (let hours = 0; hours < 10; hours += 1) {
    await expect(sender.send(said('1'))).rejects.toMatchObject({ kind: 'token-dead' });
    clock.advance(3_600_000);
  }
  await expect(sender.send(said('1'))).rejects.toMatchObject({ name: 'GraphApiError [190/460]' });
  await expect(sender.send(said('1'))).rejects.toMatchObject({
    name: 'ParkedError [token-dead]',
    retryAfterMs: 600_000,
    cause: { code: 190 },
  });
  expect(failed.at(-1)).toMatchObject({ retryAfterMs: 3_600_000 });
});

it('tells of no failure of settings that hold no more', async () => {
  const told: string[] = [];
  const listed: Record<string, PageSettings> = { '1': { accessToken: 'dead' } };
  const transport = createFakeTransport({
    otherwise() {
      listed['1'] = { accessToken: 'alive' };
      return graphError(190, 460);
    },
  });
  const sender = createPageSender({
    pages: bookOf(listed),
    transport,
    onFailed: (pageId) => told.push(`failed ${pageId}`),
  });
  await expect(sender.send(said('1'))).rejects.toMatchObject({ kind: 'token-dead' });
  await expect(sender.send(said('3'))).rejects.toMatchObject({ kind: 'unlisted' });
  expect(told).toEqual(['failed 3']);
});
