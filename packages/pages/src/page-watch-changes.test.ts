import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS, useWatchScene } from './page-watch.test-setup.ts';

const scene = useWatchScene();
const { start, pass, until, checks, lastChecks, setUpAnew } = scene;

describe('Pages that change in the file', () => {
  it('checks a Page whose settings change without waiting for the minute', async () => {
    delete scene.graph.tokens['coffee-token'];
    const watch = start();
    await until(() => scene.told, ['parked 200 token-dead']);
    scene.graph.tokens['new-token'] = '200';
    scene.listed = scene.listed.with(1, { pageId: '200', settings: { accessToken: 'new-token' } });
    const changedAt = scene.clock.now();
    watch.look();
    await expect.poll(() => scene.told).toEqual(['parked 200 token-dead', 'resumed 200']);
    expect(scene.clock.now()).toBe(changedAt);
  });

  it('knows nothing more of a Page that is taken out of the file', async () => {
    delete scene.graph.tokens['coffee-token'];
    const watch = start();
    await until(() => scene.told, ['parked 200 token-dead']);
    scene.listed = scene.listed.slice(0, 1);
    await until(() => watch.read().map(({ pageId }) => pageId), ['100']);
    await until(async () => (await scene.records.list()).map(({ pageId }) => pageId), ['100']);
    watch.failed(
      '200',
      Object.assign(new Error('not listed'), { kind: 'unlisted', scope: 'page' }),
    );
    await until(() => scene.told.at(-1), 'parked 200 unlisted');
    await setUpAnew('100');
    expect(watch.read()[1]?.trouble?.kind).toBe('unlisted');
    expect(scene.told).toHaveLength(2);
  });

  it('lets go of the trouble of a Page that was taken out while nobody watched', async () => {
    const trouble = {
      kind: 'token-dead',
      since: scene.clock.now(),
      reason: 'refused',
      remedy: 'mend',
    };
    await scene.records.noteTrouble('300', trouble);
    const watch = start();
    await until(() => watch.read().map(({ pageId }) => pageId), ['100', '200', '300']);
    await scene.clock.advance(HOUR_MS);
    await until(() => watch.read().map(({ pageId }) => pageId), ['100', '200']);
    expect(await scene.redis.hlen('bot:pages:troubles')).toBe(0);
  });

  it('believes no check of a token that was replaced meanwhile', async () => {
    const { promise, resolve: release } = Promise.withResolvers<void>();
    scene.held = promise;
    scene.listed = [{ pageId: '200', settings: { accessToken: 'old-token' } }];
    const watch = start();
    await until(checks, 1);
    scene.listed = [{ pageId: '200', settings: { accessToken: 'coffee-token' } }];
    watch.look();
    await until(async () => (await lastChecks()).length, 1);
    release();
    await scene.clock.advance(MINUTE_MS / 2);
    await until(() => watch.read()[0]?.name, 'Page 200');
    expect(scene.told).toEqual([]);
  });
});

describe('what sends show', () => {
  const tooMany = (more: object = {}): Error =>
    Object.assign(new Error('Too many calls (code 80006)'), {
      kind: 'throttled',
      scope: 'page',
      ...more,
    });
  const throttled = tooMany();

  it('parks a Page once, however many fail, and resumes it by what is sent again', async () => {
    const watch = start();
    await until(async () => (await lastChecks()).length, 2);
    for (let count = 0; count < 50; count += 1) watch.failed('100', throttled);
    watch.failed(
      '200',
      Object.assign(new Error('gone'), { kind: 'recipient-gone', scope: 'recipient' }),
    );
    await until(() => scene.told, ['parked 100 throttled']);
    await scene.clock.advance(6_000);
    for (let count = 0; count < 50; count += 1) watch.sent('100');
    await until(() => scene.told.length, 2);
    expect(scene.told).toEqual(['parked 100 throttled', 'resumed 100']);
  });

  it('leaves a throttled Page alone for as long as Meta says, whatever else is answered', async () => {
    const watch = start();
    await until(async () => (await lastChecks()).length, 2);
    const before = scene.transport.requests.length;
    const checkedAt = scene.clock.now();
    watch.failed('100', tooMany({ retryAfterMs: 30 * MINUTE_MS }));
    await until(() => scene.told, ['parked 100 throttled']);
    await pass(20 * MINUTE_MS);
    watch.sent('100');
    await setUpAnew('200');
    const asked = scene.transport.requests
      .slice(before)
      .map(({ headers }) => headers['authorization']);
    expect(new Set(asked)).toEqual(new Set(['Bearer coffee-token']));
    // A worker that starts checks every Page.
    const other = start();
    await until(async () => ((await lastChecks())[0] ?? 0) > checkedAt, true);
    await other.close();
    expect(scene.told).toEqual(['parked 100 throttled']);
    await pass(10 * MINUTE_MS);
    await until(() => scene.told.length, 2);
    expect(scene.told).toEqual(['parked 100 throttled', 'resumed 100']);
  });

  it('tells every worker that a trouble is over, so that it forgets it', async () => {
    const [one, other] = [start(), start()];
    one.failed('100', throttled);
    await until(() => other.read()[0]?.trouble?.kind, 'throttled');
    await pass(2 * MINUTE_MS);
    await until(() => other.read()[0]?.trouble, undefined);
    await until(() => scene.told.length, 2);
    expect(scene.told).toEqual(['parked 100 throttled', 'resumed 100']);
  });

  it('keeps a restricted Page parked until a message goes out: its token says nothing of it', async () => {
    const watch = start();
    const restricted = { kind: 'page-restricted', scope: 'page' };
    watch.failed('100', Object.assign(new Error('restricted'), restricted));
    await until(() => scene.told, ['parked 100 page-restricted']);
    const before = checks();
    await pass(3 * MINUTE_MS);
    await until(() => checks() > before, true);
    expect(scene.told).toHaveLength(1);
    watch.sent('100');
    await until(() => scene.told.at(-1), 'resumed 100');
  });

  const refusedAs = (kind: string): Error =>
    Object.assign(new Error(kind), { kind, scope: 'page' });

  it.each(['configuration', 'permission', 'token-dead'])(
    'keeps a Page parked for %s while checks see nothing of it',
    async (kind) => {
      const watch = start();
      await until(async () => (await lastChecks()).length, 2);
      watch.failed('100', refusedAs(kind));
      await until(() => scene.told, [`parked 100 ${kind}`]);
      for (let minute = 0; minute < 3; minute += 1) {
        const before = checks();
        await pass(MINUTE_MS);
        await until(() => checks() > before, true);
      }
      expect(scene.told).toHaveLength(1);
      watch.sent('100');
      await until(() => scene.told.at(-1), 'resumed 100');
    },
  );

  it('resumes a Page whose trouble a check has seen as well when a check sees no more of it', async () => {
    const watch = start();
    await until(async () => (await lastChecks()).length, 2);
    delete scene.graph.tokens['tea-token'];
    watch.failed('100', refusedAs('token-dead'));
    await pass(MINUTE_MS);
    await until(() => watch.read()[0]?.foundTrouble, 'token-dead');
    scene.graph.tokens['tea-token'] = '100';
    await pass(MINUTE_MS);
    await until(() => scene.told.length, 2);
    expect(scene.told).toEqual(['parked 100 token-dead', 'resumed 100']);
  });

  it('lets a throttled Page wait for as long as Meta says also when it is set up otherwise', async () => {
    const watch = start();
    watch.failed('100', tooMany({ retryAfterMs: 30 * MINUTE_MS }));
    await until(() => scene.told, ['parked 100 throttled']);
    const before = checks();
    await pass(0);
    const settings = { accessToken: 'tea-token', sendsPerSecond: 5 };
    scene.listed = scene.listed.with(0, { pageId: '100', settings });
    await until(() => checks() > before, true);
    await pass(20 * MINUTE_MS);
    expect(scene.told).toEqual(['parked 100 throttled']);
    await pass(10 * MINUTE_MS);
    await until(() => scene.told.at(-1), 'resumed 100');
  });

  it('resumes a Page that is set up otherwise and whose check is good, whatever else it suffered from', async () => {
    const watch = start();
    watch.failed('100', refusedAs('page-restricted'));
    await until(() => scene.told, ['parked 100 page-restricted']);
    scene.graph.tokens['new-token'] = '100';
    await pass(0);
    scene.listed = scene.listed.with(0, { pageId: '100', settings: { accessToken: 'new-token' } });
    watch.look();
    await until(() => scene.told.length, 2);
    expect(scene.told.at(-1)).toBe('resumed 100');
  });
});
