import { expect, it } from 'vitest';
import { statusOf } from './page-status.ts';

const settings = { accessToken: 'token', name: 'Tiệm Trà' };
const trouble = { kind: 'unlisted', since: 1, reason: 'not listed', remedy: 'list it' };

it('is what is known of each listed Page, and of others in trouble', () => {
  const listed = [
    { pageId: '100', settings },
    { pageId: '200', settings: { accessToken: 'b' } },
  ];
  const records = [
    { pageId: '100', name: 'Trà', checkedAt: 7 },
    { pageId: '300', trouble },
    { pageId: '400', checkedAt: 1 },
  ];
  expect(statusOf(listed, records)).toEqual([
    { pageId: '100', name: 'Tiệm Trà', checkedAt: 7 },
    { pageId: '200' },
    { pageId: '300', trouble },
  ]);
});

it('of a single token is that of whichever Page the workers found', () => {
  const listed = [{ settings: { accessToken: 'token' } }];
  expect(statusOf(listed, [])).toEqual([{}]);
  const records = [{ pageId: '100', checkedAt: 7 }];
  expect(statusOf(listed, records)).toEqual(records);
});
