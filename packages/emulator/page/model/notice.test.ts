import { describe, expect, it } from 'vitest';
import type { Alert } from '../../src/state/state.ts';
import { noticesOf } from './notice.ts';
import { emptyWorld, type World } from './world.ts';

const url = 'http://127.0.0.1:3000/webhook';
const alert = (kind: Alert['kind'], pageId = '10'): Alert => ({ kind, pageId, at: 1 });

function world(status: number | undefined, more: Partial<World> = {}): World {
  const page = { id: '10', name: 'Tiệm Trà Nhỏ', profile: {}, subscribedFields: undefined };
  return { ...emptyWorld, webhook: { url, status }, pages: new Map([['10', page]]), ...more };
}
const kinds = (known: World): string[] => noticesOf(known).map(({ kind }) => kind);

describe('what is wrong', () => {
  it.each([
    [undefined, []],
    [200, []],
    [0, ['webhook-away']],
    [401, ['webhook-rejects']],
    [403, ['webhook-rejects']],
    [500, ['webhook-fails']],
    [404, ['webhook-fails']],
  ])('is seen from the webhook’s last status %s', (status, expected) => {
    expect(kinds(world(status))).toEqual(expected);
  });

  it('is told as lasting after Meta’s first alert, until it is mended', () => {
    expect(kinds(world(503, { alerts: [alert('failing')] }))).toEqual([
      'webhook-fails',
      'webhook-failing',
    ]);
    expect(kinds(world(200, { alerts: [alert('failing')] }))).toEqual([]);
  });

  it('is a Page that lost its subscription, not one that never had it', () => {
    expect(kinds(world(200, { alerts: [alert('disabled')] }))).toEqual(['unsubscribed']);
    expect(kinds(world(200, { alerts: [alert('disabled', '11')] }))).toEqual([]);
  });

  it('is the lost connection and nothing else while that lasts', () => {
    expect(kinds(world(0, { connected: false }))).toEqual(['disconnected']);
  });
});
