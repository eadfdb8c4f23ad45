import { beforeEach, describe, expect, it } from 'vitest';
import { LANE, NOON, useBench, type Bench } from './bench.test-setup.ts';

const setUp = useBench();
let bench: Bench;

beforeEach(() => {
  bench = setUp();
  bench.status = [{ pageId: '10', name: 'Tiệm Trà Nhỏ', checkedAt: NOON }, {}];
});

interface Needs {
  readonly ok: boolean;
  readonly needs: readonly object[];
}

async function needs(): Promise<Needs> {
  const { out } = await bench.bot('status', '--json');
  const { ok, needs: all } = JSON.parse(out) as Needs;
  return { ok, needs: all };
}

describe('bot status', () => {
  it('is well when nothing needs a person', async () => {
    const { code, out } = await bench.bot('status');
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      'Lanes:         0 with 0 events',
      'Longest wait:  0 s',
      'For later:     0 events',
      'Dead letters:  0',
      'Redis:         keeps what it is given',
      '',
      'PAGE  NAME          STATE',
      '10    Tiệm Trà Nhỏ  well at 2026-09-01 12:00:00Z',
      '-     -             not checked',
      '',
      'Nothing needs a person.',
      '',
    ]);
  });

  it('prints one line of JSON', async () => {
    const { out } = await bench.bot('status', '--json');
    expect(JSON.parse(out)).toEqual({
      ok: true,
      needs: [],
      queue: await bench.queue.figures(),
      redis: [],
      pages: [{ pageId: '10', name: 'Tiệm Trà Nhỏ', checkedAt: NOON }, {}],
    });
  });

  it('names dead letters and what to do', async () => {
    await bench.bury(['m_1']);
    const { code, out } = await bench.bot('status');
    expect(code).toBe(1);
    expect(out).toContain('- 1 event was given up on. `bot dead-letters list` says why.\n');
  });

  it('names a lane that waits for longer than Meta allows for an answer', async () => {
    await bench.queue.add({ id: 'm_1', lane: LANE, timestamp: NOON, data: null });
    await bench.clock.advance(30_000);
    expect(await needs()).toMatchObject({ ok: true });
    await bench.clock.advance(1_000);
    expect(await needs()).toMatchObject({ ok: false, needs: [{ about: 'queue' }] });
  });

  it('names a Redis that loses events, and only shows what a bad moment may cost', async () => {
    bench.findings = [{ kind: 'warning', message: 'set appendfsync always.' }];
    const warned = await bench.bot('status');
    expect(warned.code).toBe(0);
    expect(warned.out).toContain('Redis:\n  warning: set appendfsync always.\n');
    bench.findings = [{ kind: 'refused', message: 'set maxmemory-policy noeviction.' }];
    expect((await bench.bot('status')).code).toBe(1);
    expect((await needs()).needs).toMatchObject([{ about: 'redis' }]);
  });

  it.each([
    [
      {
        trouble: {
          kind: 'token-dead',
          since: NOON,
          reason: 'The token no longer works.',
          remedy: 'Make a new one.',
        },
      },
      'is in trouble since 2026-09-01 12:00:00Z (token-dead): The token no longer works. Make a new one.',
    ],
    [
      { missingFields: ['messages'] },
      'sends us no messages. `bot pages check --repair` mends that.',
    ],
    [
      { silentSince: NOON },
      'is silent since 2026-09-01 12:00:00Z. `bot pages check` looks whether it works.',
    ],
  ])('names a Page in trouble and the remedy: %j', async (trouble, said) => {
    bench.status = [{ pageId: '10', name: 'Trà', ...trouble }];
    const { code, out } = await bench.bot('status');
    expect(code).toBe(1);
    expect(out).toContain('10    Trà   in trouble\n');
    expect(out).toContain(`- Page Trà ${said}\n`);
  });
});
