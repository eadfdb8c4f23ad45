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

/** A worker that forgets, beside a bot of which only a session is known. */
function setUp({
  graph = [{ data: [] }],
  handle = async () => {},
}: { graph?: unknown[]; handle?: Handle } = {}) {
  const clock = createManualClock(NOW);
  const { queue, work, close } = createMemoryQueue({ clock });
  closing.push(close);
  const redis = createFakeRedis();
  const records = createDeletionRecords(redis);
  const sessions = new Map<string, string>();
  const pages = (): GraphPage[] => [
    {
      pageId: '1',
      graph: {
        async call() {
          const answer = graph.length > 1 ? graph.shift() : graph[0];
          if (answer instanceof Error) throw answer;
          return answer;
        },
      },
    },
  ];
  const forget = createForgetting({
    queue,
    sessions: { delete: async (id) => void sessions.delete(id) },
    records,
    pages,
    clock,
  });
  work({
    random: () => 0,
    handle: (event, turn) =>
      isDeletion(event.data) ? forget(event.data, turn.signal) : handle(event, turn),
  });
  return {
    clock,
    queue,
    sessions,
    redis,
    state: (): Promise<DeletionState | undefined> => records.read(code),
    ask: () => queue.add(toQueueEvent(wish, NOW)),
  };
}

const event = (id: string, lane: string): QueueEvent => ({
  id,
  lane,
  timestamp: NOW,
  data: { text: id },
});

describe('a person who asks to be forgotten', () => {
  it('has neither a session nor events that wait, and others keep theirs', async () => {
    const { clock, queue, sessions, redis, state, ask } = setUp({
      graph: [{ data: [{ id: '20', page: { id: '1' } }] }],
    });
    for (const lane of ['1:77', '1:20', '1:7', '2:77']) {
      sessions.set(lane, 'secret');
      await queue.add(event(`timer-${lane}`, lane), { delayMs: 60 * MINUTE });
    }
    await ask();
    await clock.advance(1_000);
    expect([...sessions.keys()]).toEqual(['1:7', '2:77']);
    expect(await state()).toEqual({ kind: 'done', atMs: NOW });
    await clock.advance(2 * MINUTE);
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
    const trouble = Object.assign(new Error('Graph is away'), { retryAfterMs: 0 });
    const { clock, sessions, ask, state } = setUp({
      graph: [trouble, trouble, { data: [{ id: '20', page: { id: '1' } }] }],
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
