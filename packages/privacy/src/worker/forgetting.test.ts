import type { Handle, QueueEvent } from '@bot/queue';
import { createManualClock, createMemoryQueue } from '@bot/queue/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { isDeletion, toQueueEvent, type Deletion } from '../deletion.ts';
import { createFakeRedis } from '../fake-redis.test-setup.ts';
import { createDeletionRecords, type DeletionState } from '../records.ts';
import { createForgetting } from './forgetting.ts';
import type { GraphPage } from './person-lanes.ts';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 0, 5, 8);
const code = '0123456789abcdef0123456789abcdef';
const wish: Deletion = { type: 'data-deletion', userId: '77', code };
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Graph's answers in their order, the last one ever after; an error is thrown. */
type Answers = unknown[];

function page(pageId: string, answers: Answers, onAsked = (): void => {}): GraphPage {
  return {
    pageId,
    graph: {
      async call() {
        onAsked();
        const answer = answers.length > 1 ? answers.shift() : answers[0];
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
  };
}

/** A worker that forgets, beside a bot of which only a session is known. Page 2 may be another. */
function setUp({
  graph = [{ data: [] }],
  second,
  onAsked,
  handle = async () => {},
}: { graph?: Answers; second?: Answers; onAsked?: () => void; handle?: Handle } = {}) {
  const clock = createManualClock(NOW);
  const { queue, work, close } = createMemoryQueue({ clock });
  closing.push(close);
  const redis = createFakeRedis();
  const records = createDeletionRecords(redis);
  const sessions = new Map<string, string>();
  const forgotten: string[] = [];
  const listed = [page('1', graph), ...(second ? [page('2', second, onAsked)] : [])];
  const forget = createForgetting({
    queue,
    sessions: { delete: async (id) => void sessions.delete(id) },
    history: { forget: async ({ pageId, psid }) => void forgotten.push(`${pageId} ${psid}`) },
    records,
    pages: () => listed,
    clock,
  });
  work({
    random: () => 0,
    handle: (event, turn) =>
      isDeletion(event.data) ? forget(event.data, event.timestamp, turn) : handle(event, turn),
  });
  return {
    clock,
    queue,
    sessions,
    forgotten,
    redis,
    state: (): Promise<DeletionState | undefined> => records.read(code),
    ask: (askedAtMs = NOW) => queue.add(toQueueEvent(wish, askedAtMs)),
  };
}

/** The Graph client's error of a Page whose token is dead, or another. */
const graphTrouble = (is: object = {}): Error =>
  Object.assign(new Error('GET https://graph.example/v26.0/77/ids_for_pages was refused.'), {
    kind: 'token-dead',
    scope: 'page',
    retryAfterMs: undefined,
    ...is,
  });
const told = { data: [{ id: '20', page: { id: '1' } }] };

const event = (id: string, lane: string): QueueEvent => ({
  id,
  lane,
  timestamp: NOW,
  data: { text: id },
});

describe('a person who asks to be forgotten', () => {
  it('has neither a session nor events that wait, and others keep theirs', async () => {
    const { clock, queue, sessions, forgotten, redis, state, ask } = setUp({ graph: [told] });
    for (const lane of ['1:77', '1:20', '1:7', '2:77']) {
      sessions.set(lane, 'secret');
      await queue.add(event(`timer-${lane}`, lane), { delayMs: 60 * MINUTE });
    }
    await ask();
    await clock.advance(1_000);
    expect([...sessions.keys()]).toEqual(['1:7', '2:77']);
    expect(forgotten).toEqual(['1 77', '1 20']);
    expect(await state()).toEqual({ kind: 'done', atMs: NOW });
    await clock.advance(2 * MINUTE);
    // What a turn noted that ran meanwhile.
    expect(forgotten).toEqual(['1 77', '1 20', '1 77', '1 20']);
    expect((await queue.figures()).delayedEvents).toBe(2);
    for (const [key, value] of redis.values) expect(`${key}${value}`).not.toContain('77');
  });

  it('is forgotten once more a minute later, as a turn may have written meanwhile', async () => {
    const begun = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const { clock, queue, sessions, ask, state } = setUp({
      async handle({ lane }) {
        begun.resolve();
        await gate.promise;
        sessions.set(lane, 'written by a turn that was fenced');
        await queue.add(event('its timer', lane), { delayMs: 60 * MINUTE });
      },
    });
    await queue.add(event('a', '1:77'));
    await clock.advance(1);
    await begun.promise;
    await ask();
    await clock.advance(1_000);
    gate.resolve();
    await clock.advance(1_000);
    expect(sessions.size).toBe(1);
    expect((await queue.figures()).delayedEvents).toBe(2);
    await clock.advance(MINUTE);
    expect(sessions.size).toBe(0);
    expect(await queue.figures()).toMatchObject({ delayedEvents: 0, waitingEvents: 0 });
    expect(await state()).toEqual({ kind: 'done', atMs: NOW + 1 });
  });

  it('is forgotten by what is known, and the rest is tried again, while Graph is in trouble', async () => {
    const trouble = graphTrouble({ retryAfterMs: 0 });
    const { clock, sessions, ask, state } = setUp({
      graph: [trouble, trouble, told],
    });
    sessions.set('1:77', 'x').set('1:20', 'x');
    await ask();
    await clock.advance(1);
    expect([...sessions.keys()]).toEqual(['1:20']);
    expect(await state()).toBeUndefined();
    await clock.advance(10_000);
    expect(sessions.size).toBe(0);
    expect(await state()).toMatchObject({ kind: 'done' });
  });
});

describe('a person who asks to be forgotten while another Page is in trouble', () => {
  const HOUR = 60 * MINUTE;
  const DAY = 24 * HOUR;

  it('and then begins anew keeps what is new, however often the wish is tried again', async () => {
    const second: Answers = [graphTrouble()];
    const graph: Answers = [told];
    const { clock, queue, sessions, ask, state } = setUp({ graph, second });
    sessions.set('1:20', 'old').set('2:30', 'old');
    await ask();
    await clock.advance(2 * MINUTE);
    expect([...sessions.keys()]).toEqual(['2:30']);
    graph[0] = { data: [...told.data, { id: '21', page: { id: '1' } }] };
    for (const lane of ['1:20', '1:21', '1:77', '2:77']) sessions.set(lane, 'new');
    await queue.add(event('reminder', '1:20'), { delayMs: 10 * DAY });
    await clock.advance(3 * HOUR);
    // Once the Page is mended it is reached as well, and only what is of it.
    second.unshift({ data: [{ id: '30', page: { id: '2' } }] });
    await clock.advance(2 * HOUR);
    expect(await state()).toMatchObject({ kind: 'done' });
    expect([...sessions.keys()]).toEqual(['1:20', '1:21', '1:77', '2:77']);
    expect((await queue.figures()).delayedEvents).toBe(1);
  });

  it('is forgotten once more a minute after each time, though the wish still waits', async () => {
    const { clock, sessions, ask } = setUp({ graph: [told], second: [graphTrouble()] });
    await ask();
    await clock.advance(1_000);
    sessions.set('1:20', 'written by a turn that was fenced');
    await clock.advance(MINUTE);
    expect(sessions.size).toBe(0);
  });

  it('is told after a week how many Pages were not reached; replayed, the wish is done', async () => {
    const second: Answers = [graphTrouble()];
    const { clock, queue, sessions, ask, state } = setUp({ graph: [told], second });
    sessions.set('1:20', 'old');
    await ask(NOW - 7 * DAY + HOUR);
    await clock.advance(1_000);
    expect(await state()).toBeUndefined();
    expect(await queue.deadLetters.list()).toEqual([]);
    await clock.advance(2 * HOUR);
    expect(await state()).toMatchObject({ kind: 'partly', pages: 1 });
    const [letter] = await queue.deadLetters.list();
    expect(letter?.event.id).toBe(`deletion:${code}`);
    expect(letter?.failures.at(-1)?.message).toBe(
      "1 Page(s) did not tell a person's ids: GET https://graph.example/v26.0/[hidden]/ids_for_pages was refused. Mend them or take them from the list of Pages, then replay the wish.",
    );

    sessions.set('1:20', 'new').set('2:30', 'old');
    second.unshift({ data: [{ id: '30', page: { id: '2' } }] });
    await queue.deadLetters.replay(`deletion:${code}`);
    await clock.advance(1_000);
    expect(await state()).toMatchObject({ kind: 'done' });
    expect([...sessions.keys()]).toEqual(['1:20']);
  });

  it('asks in pauses that grow to an hour, and as long as Graph says', async () => {
    const asked: number[] = [];
    const second: Answers = [graphTrouble({ kind: 'throttled', retryAfterMs: MINUTE })];
    const onAsked = (): void => void asked.push(clock.now());
    const { clock, ask } = setUp({ second, onAsked });
    await ask();
    await clock.advance(12 * HOUR);
    const pauses = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
    expect(pauses[0]).toBe(MINUTE);
    expect(Math.max(...pauses)).toBe(HOUR);
    expect(asked.length).toBeLessThan(24);
  });

  it('is not kept waiting by an older wish of the same person', async () => {
    const graph: Answers = [graphTrouble(), told];
    const { clock, queue, redis, ask } = setUp({ graph });
    await ask();
    await clock.advance(1);
    const other = 'f'.repeat(32);
    await queue.add(toQueueEvent({ ...wish, code: other }, NOW + 1));
    await clock.advance(500);
    expect(redis.values.get(`bot:deletion:${other}`)).toMatch(/^done /);
  });
});
