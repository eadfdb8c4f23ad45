import { TransportError } from '@bot/graph-client';
import { describe, expect, it } from 'vitest';
import { fields, HOUR_MS, MINUTE_MS, useWatchScene } from './page-watch.test-setup.ts';

const scene = useWatchScene();
const { start, pass, until, checks, lastChecks } = scene;

describe('the watch', () => {
  it('checks each Page at once and hourly, one of several workers for all', async () => {
    const [watch] = [start(), start(), start()];
    const [checkedAt, checkedWith] = [expect.any(Number), expect.any(String)];
    const checked = { checkedAt, checkedWith, missingFields: [] };
    await until(async () => (await lastChecks()).length, 2);
    await until(
      () => watch.read(),
      [
        { pageId: '100', name: 'Page 100', ...checked },
        { pageId: '200', name: 'Page 200', ...checked },
      ],
    );
    expect(checks()).toBe(2);
    await pass(HOUR_MS);
    await until(checks, 4);
    expect(scene.told).toEqual([]);
  });

  it('parks a Page with a dead token, looks each minute, and resumes it when it is mended', async () => {
    delete scene.graph.tokens['coffee-token'];
    const watch = start();
    await until(() => scene.told, ['parked 200 token-dead']);
    await until(() => watch.read()[1]?.trouble, {
      kind: 'token-dead',
      since: expect.any(Number),
      reason: expect.stringContaining('code 190'),
      remedy: expect.stringMatching(/^Make a new token/),
      settings: expect.stringMatching(/^[\da-f]{8}$/),
    });
    expect(JSON.stringify(await scene.redis.hgetall('bot:pages:troubles'))).not.toContain(
      'coffee-token',
    );
    const before = checks();
    await pass(MINUTE_MS);
    await until(checks, before + 1);
    scene.graph.tokens['coffee-token'] = '200';
    await pass(MINUTE_MS);
    await until(() => scene.told, ['parked 200 token-dead', 'resumed 200']);
    expect(watch.read().map(({ trouble }) => trouble)).toEqual([undefined, undefined]);
  });

  it('parks no Page because Graph is not reached, and checks it as soon as it is', async () => {
    scene.graph.isThere = false;
    const watch = start();
    await until(
      () => new Set(scene.told),
      new Set(['failed 100 connect ECONNREFUSED', 'failed 200 connect ECONNREFUSED']),
    );
    watch.failed('100', new TransportError('connect', 'refused', { outcome: 'not-executed' }));
    await pass(MINUTE_MS);
    // Each is known, so that somebody sees that it was never checked.
    expect(watch.read()).toEqual([{ pageId: '100' }, { pageId: '200' }]);
    scene.graph.isThere = true;
    await until(async () => (await lastChecks()).length, 2);
    expect(scene.told.filter((line) => !line.startsWith('failed'))).toEqual([]);
  });

  it('keeps news of no Page while the check of another hangs', async () => {
    const { promise, resolve: release } = Promise.withResolvers<void>();
    scene.held = promise;
    scene.graph.tokens['old-token'] = '100';
    scene.listed = [
      { pageId: '100', settings: { accessToken: 'old-token' } },
      ...scene.listed.slice(1),
    ];
    start();
    await until(async () => (await lastChecks()).length, 1);
    await scene.records.noteTrouble('200', {
      kind: 'token-dead',
      since: scene.clock.now(),
      reason: 'refused',
      remedy: 'mend',
    });
    await pass(MINUTE_MS);
    await until(() => scene.told, ['resumed 200']);
    expect(scene.told).toEqual(['resumed 200']);
    release();
  });

  it('calls a token of another Page what it is', async () => {
    scene.listed = [{ pageId: '300', settings: { accessToken: 'tea-token' } }];
    const watch = start();
    await until(() => scene.told, ['parked 300 configuration']);
    expect(watch.read()[0]?.trouble?.reason).toBe(
      'The token listed for Page 300 is one of Page 100.',
    );
  });

  it('learns from Graph which Page a single token is of', async () => {
    scene.listed = [{ settings: { accessToken: 'tea-token' } }];
    const both = [start(), start()];
    for (const watch of both) {
      await until(() => watch.read().map(({ pageId }) => pageId), ['100']);
    }
    expect(scene.told).toEqual([]);
  });

  it('finds out whose a dead single token is by what it was to send', async () => {
    delete scene.graph.tokens['tea-token'];
    scene.listed = [{ settings: { accessToken: 'tea-token' } }];
    const both = [start(), start()];
    await until(() => scene.told, ['parked me token-dead']);
    const refused = { kind: 'token-dead', scope: 'page' };
    both[0]?.failed('100', Object.assign(new Error('dead'), refused));
    for (const watch of both) {
      await until(() => watch.read().map(({ pageId }) => pageId), ['100']);
    }
    // It is known for as long as it lasts, and told of once.
    await pass(2 * HOUR_MS);
    await until(async () => (await scene.records.list()).map(({ pageId }) => pageId), ['100']);
    expect(scene.told).toEqual(['parked me token-dead', 'parked 100 token-dead']);
    scene.graph.tokens['tea-token'] = '100';
    await pass(MINUTE_MS);
    await until(() => scene.told.slice(2), ['resumed 100']);
    const third = start();
    await until(() => third.read()[0]?.name, 'Page 100');
  });
});

describe('a new single token', () => {
  it('resumes the Page whose old one was dead for long', async () => {
    await scene.records.noteTrouble('100', {
      kind: 'token-dead',
      since: scene.clock.now() - 3 * HOUR_MS,
      reason: 'refused',
      remedy: 'mend',
      settings: 'of-before',
    });
    scene.listed = [{ settings: { accessToken: 'tea-token' } }];
    const watch = start();
    await until(() => watch.read()[0]?.name, 'Page 100');
    expect(scene.told).toEqual(['resumed 100']);
  });
});

describe('subscriptions', () => {
  it('are repaired when Meta has ended them', async () => {
    scene.graph.subscribed['100'] = ['messages', 'message_reads'];
    start();
    await until(() => scene.told, ['repaired 100 messaging_postbacks']);
    expect(scene.graph.subscribed['100']).toEqual([
      'messages',
      'message_reads',
      'messaging_postbacks',
    ]);
  });

  it('that cannot be repaired are told of, and known', async () => {
    scene.graph.subscribed['200'] = [];
    scene.graph.takesSubscriptions = false;
    const watch = start();
    await until(() => watch.read()[1]?.missingFields, fields);
    expect(scene.told).toEqual([
      `unsubscribed 200 ${fields.join()}`,
      expect.stringMatching(/^unreadable 200 .*code 200/),
    ]);
    expect(watch.read()[1]?.trouble).toBeUndefined();
  });
});

describe('silence', () => {
  it('of a Page that used to talk is told once, and its end too', async () => {
    const hour = Math.floor(scene.clock.now() / HOUR_MS);
    for (let back = 14 * 24; back > 0; back -= 1) {
      await scene.records.noteHeard('100', (hour - back) * HOUR_MS, hour - back);
    }
    const [watch] = [start(), start()];
    await until(async () => (await lastChecks()).length, 2);
    expect(scene.told).toEqual([]);
    await scene.clock.advance(5 * HOUR_MS);
    await until(() => scene.told, [`silent 100 ${hour * HOUR_MS}`]);
    await until(() => watch.read()[0]?.silentSince, hour * HOUR_MS);
    watch.heard('100');
    await until(() => scene.told.slice(1), ['heard again 100']);
  });
});
