import { beforeEach, describe, expect, it } from 'vitest';
import { useBench, type Bench } from './bench.test-setup.ts';
import type { MenuChange, SyncMenuOptions } from './menu.ts';
import type { OperatorPage } from './operations.ts';

const setUp = useBench();
let bench: Bench;
let applied: string[];
const change: MenuChange = {
  part: 'getStarted',
  kind: 'add',
  from: undefined,
  to: { payload: 'A' },
};

function page(
  name: string,
  sync: (options: SyncMenuOptions) => readonly MenuChange[],
): OperatorPage {
  return {
    pageId: name,
    name,
    check: async () => ({
      kind: 'well',
      pageId: '',
      name: '',
      missingFields: [],
      repairedFields: [],
    }),
    async syncMenu(options) {
      const changes = sync(options);
      options.print(
        changes.length > 0 ? 'getStarted: add\n  + payload: "A"' : 'nothing to change.',
      );
      if (options.apply) applied.push(name);
      return changes;
    },
  };
}

beforeEach(() => {
  bench = setUp();
  applied = [];
});

describe('bot menu', () => {
  it('shows what would change, which is 1, and changes nothing', async () => {
    bench.pages = [page('Trà', () => [change])];
    expect(await bench.bot('menu', 'diff')).toEqual({
      code: 1,
      out: 'getStarted: add\n  + payload: "A"\nNothing was changed: `bot menu apply` changes it.\n',
      err: '',
    });
    expect(applied).toEqual([]);
  });

  it('is well when nothing would change, or all was changed', async () => {
    bench.pages = [page('Trà', () => [])];
    const same = { code: 0, out: 'nothing to change.\n', err: '' };
    expect(await bench.bot('menu', 'diff')).toEqual(same);
    bench.pages = [page('Trà', () => [change])];
    const { code, out } = await bench.bot('menu', 'apply');
    expect([code, out]).toEqual([0, 'getStarted: add\n  + payload: "A"\n']);
  });

  it('prints one line of JSON', async () => {
    bench.pages = [page('Trà', () => [change])];
    const { out } = await bench.bot('menu', 'diff', '--json');
    const shown = { part: 'getStarted', kind: 'add', to: { payload: 'A' } };
    expect(JSON.parse(out)).toEqual({
      applied: false,
      pages: [{ pageId: 'Trà', name: 'Trà', changes: [shown] }],
    });
  });

  it('changes the other Pages when one is in trouble, and says which', async () => {
    const dead = page('Chết', () => {
      throw new Error('The token no longer works (190).');
    });
    bench.pages = [dead, page('Trà', () => [change])];
    const { code, out, err } = await bench.bot('menu', 'apply');
    expect(code).toBe(1);
    expect(out).toContain('Page Trà:\ngetStarted: add\n');
    expect(err).toBe('bot: Page Chết: The token no longer works (190).\n');
    expect(applied).toEqual(['Trà']);
  });
});
