import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { NOON, useBench, type Bench } from './bench.test-setup.ts';

const path = join(import.meta.dirname, '..', '..', '..', 'docs', 'bot-command.md');
const lane = '100000000000001:6174920385517204';
const pageId = '100000000000001';
const name = 'Tiệm Trà Nhỏ';

const setUp = useBench();

/** What the page tells of: two dead letters, two events that wait, a Page that is not subscribed. */
async function setScene(): Promise<Bench> {
  const bench = setUp();
  await bench.bury(['m_cake', 'm_tea'], lane);
  for (const id of ['m_milk', 'm_sugar']) {
    await bench.queue.add({ id, lane, timestamp: NOON + 5_000, data: { type: 'text' } });
  }
  bench.status = [{ pageId, name, checkedAt: NOON }];
  bench.pages = [
    {
      pageId,
      name,
      check: async ({ repair }) => ({
        kind: 'well',
        pageId,
        name,
        ...(repair
          ? { missingFields: [], repairedFields: ['messaging_handovers'] }
          : { missingFields: ['messaging_handovers'], repairedFields: [] }),
      }),
      async syncMenu({ print }) {
        const to = { payload: 'GET_STARTED' };
        print('getStarted: add\n  + payload: "GET_STARTED"');
        return [{ part: 'getStarted', kind: 'add', from: undefined, to }];
      },
    },
  ];
  bench.shardMove = {
    advance: async () => ({ kind: 'moving', lanes: 3, delayedEvents: 12, deadLetters: 0 }),
  };
  bench.files.set('examples.json', JSON.stringify(examples));
  bench.files.set('held-out.json', JSON.stringify(heldOut));
  bench.files.set('broken.json', '{ "intents": { "price": { "examples": ["giá", 3] } } }');
  return bench;
}

const examples = {
  intents: {
    greeting: { keywords: ['chào', 'hello'], examples: ['xin chào shop', 'chào bạn', 'hello'] },
    price: { keywords: ['giá'], examples: ['giá bao nhiêu', 'bao nhiêu tiền', 'how much is it'] },
    stock: {
      keywords: ['còn hàng'],
      examples: ['còn hàng không', 'cái này còn không', 'in stock'],
    },
  },
  none: ['trời mưa to quá', 'kể chuyện cười đi'],
};
const heldOut = {
  intents: {
    greeting: { examples: ['chao shop nha', 'hello ad'] },
    price: { examples: ['cái này bao nhiêu', 'how much'] },
    stock: { examples: ['mau nay con khong', 'còn hàng nữa không'] },
  },
  none: ['mưa hoài'],
};

/** `vitest -u` writes what changed into the page. */
it('docs/bot-command.md shows what each command prints', async () => {
  const bench = await setScene();
  const written = readFileSync(path, 'utf8');
  const blocks = [...written.matchAll(/^```console\n\$ bot (.+)\n[^]*?^```$/gm)];
  expect(blocks.length).toBeGreaterThan(8);
  let page = written;
  for (const [block, args = ''] of blocks) {
    const { out, err } = await bench.bot(...args.split(' '));
    page = page.replace(block, () => `\`\`\`console\n$ bot ${args}\n${out}${err}\`\`\``);
  }
  await expect(page).toMatchFileSnapshot(path);
});
