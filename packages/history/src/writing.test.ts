import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { createStreamWriter } from './stream-writer.ts';
import { ann, databases, MONTH, NOW, stream, useHistory } from './history.test-setup.ts';
import type { Step } from './replies.ts';

/** A journal that knows what was done before. */
function journal(done: Record<string, unknown> = {}): Step {
  return async (name, effect) => {
    if (!(name in done)) done[name] = await effect({ id: name });
    return done[name] as never;
  };
}

const text = (id: string, more: object = {}) => ({
  type: 'text',
  id,
  timestamp: NOW,
  text: id,
  ...ann,
  ...more,
});

describe.each(databases)('what is noted is written to %s', (kind) => {
  const own = useHistory(kind);
  const last = async (most = 100) => {
    const answer = await own.history.conversation(ann).last(most);
    if (answer.kind !== 'found') throw new Error(answer.reason);
    return answer.messages;
  };

  it('with the replies, what they answer first', async () => {
    await own.recorder.turn(text('chào'), journal(), async ({ step }) => {
      own.now += 300;
      await step('reply-1', async () => ({ messageId: 'm_1' }), { text: 'Chào bạn!' });
      await step('reply-2', async () => ({ messageId: 'm_2' }), { attachment: { type: 'image' } });
      await step('order', async () => 'no reply');
    });
    await own.write();
    expect(await last()).toEqual([
      expect.objectContaining({ direction: 'in', kind: 'text', text: 'chào', state: 'received' }),
      expect.objectContaining({
        direction: 'out',
        kind: 'text',
        text: 'Chào bạn!',
        mid: 'm_1',
        step: 'reply-1',
        state: 'sent',
        at: NOW,
        sentAt: NOW + 300,
      }),
      expect.objectContaining({
        kind: 'attachment',
        mid: 'm_2',
        payload: { attachment: { type: 'image' } },
      }),
    ]);
  });

  it('once, however often a turn is run again, and with what came of it in the end', async () => {
    const done = {};
    const failing = own.recorder.turn(text('chào'), journal(done), async ({ step }) => {
      await step('reply-1', async () => ({ messageId: 'm_1' }), { text: 'Một' });
      const error = Object.assign(new Error('secret'), { kind: 'throttled', code: 613 });
      await step('reply-2', () => Promise.reject(error), { text: 'Hai' });
    });
    await expect(failing).rejects.toThrow('secret');
    await own.write();
    expect(await last()).toMatchObject([{}, {}, { state: 'failed', error: 'throttled 613' }]);
    await own.recorder.turn(text('chào'), journal(done), async ({ step }) => {
      await step('reply-1', async () => ({ messageId: 'other' }), { text: 'Một' });
      await step('reply-2', async () => ({ messageId: 'm_2' }), { text: 'Hai' });
    });
    await own.write();
    const messages = await last();
    expect(messages.map(({ mid, state }) => [mid, state])).toEqual([
      [undefined, 'received'],
      ['m_1', 'sent'],
      ['m_2', 'sent'],
    ]);
    expect(messages[2]).not.toHaveProperty('error');
  });

  it('with what its turn came to, which waits for all that is noted', async () => {
    const event = text('chào');
    let noted: Promise<unknown> | undefined;
    await own.recorder.turn(event, journal(), async ({ step, onOutcome }) => {
      await step('reply-1', async () => ({ messageId: 'm_1' }), { text: 'Một' });
      noted = onOutcome?.([{ event, notes: [{ kind: 'intent', name: 'giá', confidence: 0.9 }] }]);
      await noted;
      expect(await own.redis.xlen(stream)).toBe(3);
    });
    expect(noted).toBeDefined();
    await own.write(2);
    const [first, second] = await last();
    expect(first).toMatchObject({
      text: 'chào',
      notes: [{ kind: 'intent', name: 'giá', confidence: 0.9 }],
    });
    expect(second).not.toHaveProperty('notes');
  });

  it('once, when its process died between the reply and its record', async () => {
    await own.recorder.turn(
      text('chào'),
      journal({ 'reply-1': { messageId: 'm_1' } }),
      ({ step }) =>
        step('reply-1', () => Promise.reject(new Error('It was done before.')), { text: 'Một' }),
    );
    await own.write();
    expect((await last())[1]).toMatchObject({
      text: 'Một',
      mid: 'm_1',
      state: 'sent',
      sentAt: NOW,
    });
  });

  it('as failed, with the reason, when it was refused', async () => {
    await own.recorder.turn(text('chào'), journal(), ({ step }) =>
      step('reply-1', async () => ({ refused: 'window-closed' }), { text: 'Một' }),
    );
    await own.write();
    expect((await last())[1]).toMatchObject({ state: 'failed', error: 'window-closed' });
  });

  it('again without a change, when an entry could not be taken out of the stream', async () => {
    for (const id of ['một', 'hai', 'ba']) await own.note(text(id));
    const entries = await own.redis.xrange(stream, '-', '+');
    await own.write(2);
    for (const [, fields] of entries) await own.redis.xadd(stream, '*', ...fields);
    await own.write();
    expect((await last()).map((message) => message.text)).toEqual(['một', 'hai', 'ba']);
    expect(await own.redis.xlen(stream)).toBe(0);
  });

  it('again as one, so that who was forgotten does not come back in between', async () => {
    const { redis, database } = own;
    const write = (most: number, xtrim: () => Promise<number>) =>
      createStreamWriter({
        redis: {
          eval: (...call) => redis.eval(...call),
          xrange: (...call) => redis.xrange(...call),
          xlen: (key) => redis.xlen(key),
          xdel: (...call) => redis.xdel(...call),
          xtrim,
        },
        database,
        stream,
        most,
        keepMonths: 12,
        now: () => NOW,
        onRejected: () => {},
        onDropped: () => {},
      });
    await own.note(text('old'));
    await own.recorder.forget(ann);
    const larger = write(9, () => Promise.reject(new Error('LOADING')));
    await larger();
    await expect(larger()).rejects.toThrow('Redis refuses the history’s records (LOADING)');
    await own.note(text('new'));
    const smaller = write(1, async () => 0);
    await smaller();
    await smaller();
    expect(await last()).toEqual([]);
  });

  it('without the characters that PostgreSQL has no place for', async () => {
    await own.note(
      text('a', { text: 'a\0b\ud83d', nlp: { 'k\0': 'x\0\ud800y', deep: ['\\u0000'] } }),
    );
    await own.write();
    const [message] = await last();
    expect(message?.text).toBe('ab\ufffd');
    expect(JSON.stringify(message?.payload)).toContain('x\ufffdy');
    expect(own.told).toEqual([]);
  });

  it('but for what never can be, which is put aside and delays nobody', async () => {
    await own.note(text('một'));
    await own.redis.xadd(stream, '*', 'r', '{"kind":"of another version"}');
    await own.redis.xadd(
      stream,
      '*',
      'r',
      JSON.stringify({
        kind: 'message',
        ...ann,
        key: 'bad',
        at: NOW,
        direction: 'in',
        type: 'text',
        state: 'received',
        payload: 'no JSON',
      }),
    );
    await own.note(text('hai'));
    await own.write();
    expect((await last()).map((message) => message.text)).toEqual(['một', 'hai']);
    expect(own.told).toEqual([
      'rejected: It is no record of this version.',
      'rejected: PostgreSQL refuses a value of a record (22P02).',
    ]);
    const aside = await own.redis.xrange(`${stream}-rejected`, '-', '+');
    expect(aside.map(([, [, json]]) => json)).toEqual([
      '{"kind":"of another version"}',
      expect.stringContaining('"bad"'),
    ]);
    await own.recorder.forget(ann);
    await own.write();
    expect(await own.redis.xlen(`${stream}-rejected`)).toBe(1);
  });

  it('under one key in the partition of its time, whenever it is noted', async () => {
    const event = text('late', { timestamp: NOW - 2 * MONTH });
    const run = (mid: string): Promise<unknown> =>
      own.recorder.turn(event, journal(), ({ step }) =>
        step('reply-1', async () => ({ messageId: mid }), { text: 'Dạ' }),
      );
    await run('m_1');
    await own.write();
    own.now = NOW + MONTH;
    await run('m_2');
    await own.write();
    const rows = await own.database.rows(
      sql`select tableoid::regclass::text as name, mid from bot_history.messages order by id`,
    );
    expect(rows).toEqual([
      { name: 'bot_history.messages_2025_11', mid: null },
      { name: 'bot_history.messages_2025_11', mid: 'm_1' },
    ]);
  });

  it('in the default partition when its time is strange, until its month comes', async () => {
    await own.note(text('no time', { timestamp: 0 }));
    await own.note(text('far', { timestamp: NOW + 3 * MONTH }));
    await own.write();
    const where = (): Promise<unknown[]> =>
      own.database.rows(
        sql`select tableoid::regclass::text as name from bot_history.messages order by at`,
      );
    const other = { name: 'bot_history.messages_default' };
    expect(await where()).toEqual([other, other]);
    own.now = NOW + 3 * MONTH;
    await own.note(text('now'));
    await own.write();
    expect(await where()).toEqual([
      other,
      { name: 'bot_history.messages_2026_01' },
      { name: 'bot_history.messages_2026_04' },
    ]);
  });

  it('for as many months as are kept', async () => {
    await own.note(text('old'));
    await own.write();
    own.now = NOW + 12 * MONTH;
    await own.note(text('young', { timestamp: own.now }));
    await own.write();
    expect(own.told).toEqual([]);
    own.now = NOW + 13 * MONTH;
    await own.note(text('younger', { timestamp: own.now }));
    await own.write();
    expect(own.told).toEqual(['dropped messages_2026_01']);
    expect((await last()).map((message) => message.text)).toEqual(['young', 'younger']);
  });
});

describe('old months', () => {
  const own = useHistory('PostgreSQL');

  it('stay while somebody holds their table, and hold up nothing', async () => {
    await own.note(text('old'));
    await own.write();
    own.now = NOW + 14 * MONTH;
    // A month of its own is there already.
    await own.database.rows(sql`
      create table bot_history.messages_2027_03 partition of bot_history.messages
      for values from ('2027-03-01') to ('2027-04-01')`);
    await own.database.rows(sql`
      create table bot_history.messages_2027_04 partition of bot_history.messages
      for values from ('2027-04-01') to ('2027-05-01')`);
    await own.database.transaction(async (backup) => {
      await backup.rows(sql`lock table bot_history.messages in access share mode`);
      await own.note(text('new', { timestamp: own.now }));
      await own.write();
    });
    expect(own.told).toEqual([]);
    expect(await own.redis.xlen(stream)).toBe(0);
    own.now += 2 * 60 * 60 * 1_000;
    await own.note(text('newer', { timestamp: own.now }));
    await own.write();
    expect(own.told).toEqual(['dropped messages_2026_01 messages_2026_02']);
  });
});
