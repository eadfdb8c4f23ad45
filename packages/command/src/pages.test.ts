import { beforeEach, describe, expect, it } from 'vitest';
import { useBench, type Bench } from './bench.test-setup.ts';
import type { OperatorPage } from './operations.ts';

const setUp = useBench();
let bench: Bench;

const page = (pageId: string, check: OperatorPage['check']): OperatorPage => ({
  pageId,
  check,
  syncMenu: async () => [],
});
const nothing = { missingFields: [], repairedFields: [] } as const;
const well = page('10', async () => ({ kind: 'well', pageId: '10', name: 'Trà', ...nothing }));
const missing = page('11', async ({ repair }) => ({
  kind: 'well',
  pageId: '11',
  name: 'Cà phê',
  ...(repair
    ? { ...nothing, repairedFields: ['messages'] }
    : { ...nothing, missingFields: ['messages'] }),
}));

beforeEach(() => {
  bench = setUp();
});

describe('bot pages check', () => {
  it('shows each Page, and is trouble when one is not well', async () => {
    bench.pages = [well, missing];
    const { code, out, err } = await bench.bot('pages', 'check');
    expect([code, err]).toEqual([1, '']);
    expect(out.split('\n')).toEqual([
      'PAGE  NAME    STATE           WHY                                     WHAT TO DO',
      '10    Trà     well',
      '11    Cà phê  fields-missing  The app is not subscribed to messages.  `bot pages check --repair` subscribes it.',
      '',
    ]);
    bench.pages = [well];
    expect((await bench.bot('pages', 'check')).code).toBe(0);
  });

  it('repairs when told to', async () => {
    bench.pages = [missing];
    const { code, out } = await bench.bot('pages', 'check', '--repair');
    expect(code).toBe(0);
    expect(out).toContain(
      '11    Cà phê  repaired  The app was not subscribed to messages; it is now.\n',
    );
  });

  it('prints one line of JSON', async () => {
    bench.pages = [well];
    const { out } = await bench.bot('pages', 'check', '--json');
    expect(JSON.parse(out)).toEqual({
      pages: [{ pageId: '10', name: 'Trà', ok: true, findings: [] }],
    });
  });

  it('shows a Page of which nothing can be found out, and goes on', async () => {
    const away = page('9', async () => {
      throw new Error('no answer within 10000 ms');
    });
    bench.pages = [away, well];
    const { code, out } = await bench.bot('pages', 'check', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      pages: [
        { pageId: '9', findings: [{ kind: 'unreached', text: 'no answer within 10000 ms' }] },
        { pageId: '10', ok: true },
      ],
    });
  });

  it('says how far it came when it is stopped within a check', async () => {
    const slow = page('12', async ({ signal }) => {
      bench.stop.abort();
      signal.throwIfAborted();
      return { kind: 'well', pageId: '12', name: '', ...nothing };
    });
    bench.pages = [well, slow];
    const { code, err } = await bench.bot('pages', 'check');
    expect(code).toBe(1);
    expect(err).toContain('bot: Stopped: 1 of 2 Pages were checked, perhaps one more;');
  });
});
