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
const well = page('10', async () => ({ pageId: '10', name: 'Trà', ok: true, findings: [] }));
const missing = page('11', async ({ repair }) => ({
  pageId: '11',
  name: 'Cà phê',
  ok: repair,
  findings: [
    { kind: 'fields-missing', text: 'No messages.', ...(repair ? {} : { remedy: 'Repair it.' }) },
  ],
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
      'PAGE  NAME    STATE           WHY           WHAT TO DO',
      '10    Trà     well',
      '11    Cà phê  fields-missing  No messages.  Repair it.',
      '',
    ]);
    bench.pages = [well];
    expect((await bench.bot('pages', 'check')).code).toBe(0);
  });

  it('repairs when told to', async () => {
    bench.pages = [missing];
    const { code, out } = await bench.bot('pages', 'check', '--repair');
    expect(code).toBe(0);
    expect(out).toContain('11    Cà phê  repaired  No messages.\n');
  });

  it('prints one line of JSON', async () => {
    bench.pages = [well];
    const { out } = await bench.bot('pages', 'check', '--json');
    expect(JSON.parse(out)).toEqual({
      pages: [{ pageId: '10', name: 'Trà', ok: true, findings: [] }],
    });
  });

  it('says how far it came when it is stopped within a check', async () => {
    const slow = page('12', async ({ signal }) => {
      bench.stop.abort();
      signal.throwIfAborted();
      return { ok: true, findings: [] };
    });
    bench.pages = [well, slow];
    const { code, err } = await bench.bot('pages', 'check');
    expect(code).toBe(1);
    expect(err).toContain('bot: Stopped: 1 of 2 Pages were checked, perhaps one more;');
  });
});
