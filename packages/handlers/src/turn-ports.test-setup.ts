import type { BotEvent, TimerEvent } from './event.ts';
import type { Action, Outgoing } from './sender.ts';
import { createMemorySessionStore } from './session-stores/memory.ts';
import type { SessionStore } from './session-store.ts';
import { createTestClock, type TestClock } from './testing/test-clock.ts';
import type { TurnPorts } from './turn-ports.ts';

export const HOUR: number = 60 * 60 * 1_000;
export const DAY: number = 24 * HOUR;

/** Once everything that does not wait for time has happened. */
export const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** What surrounds a bot, with everything that happened to it. */
export interface World {
  readonly clock: TestClock;
  readonly sent: Outgoing[];
  readonly actions: Action[];
  readonly refused: string[];
  readonly timers: Map<string, { readonly timer: TimerEvent; readonly delayMs: number }>;
  readonly cancelled: string[];
  readonly saves: string[];
  readonly sessions: SessionStore;
  readonly stop: AbortController;
  /** What waits behind the event. */
  waiting: BotEvent[];
  /** What Messenger does with a message, before it takes it. */
  onSend: (message: Outgoing) => Promise<void> | void;
  /** For an attempt at this event; the journal outlives it, as a queue's does. */
  ports(event: BotEvent, more?: Partial<TurnPorts>): TurnPorts;
}

export function createWorld(): World {
  const clock = createTestClock(Date.UTC(2026, 0, 5, 8));
  const store = createMemorySessionStore({ now: () => clock.now() });
  const done = new Map<string, unknown>();
  const world: World = {
    clock,
    sent: [],
    actions: [],
    refused: [],
    timers: new Map(),
    cancelled: [],
    saves: [],
    sessions: {
      load: (id) => store.load(id),
      delete: (id) => store.delete(id),
      save(session) {
        world.saves.push(session.text);
        return store.save(session);
      },
    },
    stop: new AbortController(),
    waiting: [],
    onSend: () => {},
    ports: (event, more = {}) => ({
      clock,
      signal: world.stop.signal,
      sessions: world.sessions,
      waiting: async () => world.waiting,
      onRefused: (reason) => void world.refused.push(reason),
      async step<Result>(name: string, effect: (step: { id: string }) => Promise<Result>) {
        const id = `${event.id}/${name}`;
        if (!done.has(id)) done.set(id, await effect({ id }));
        return done.get(id) as Result | undefined;
      },
      sender: {
        async send(message) {
          await world.onSend(message);
          world.sent.push(message);
          return { messageId: `m_sent_${world.sent.length}` };
        },
        act: async (action) => void world.actions.push(action),
      },
      scheduler: {
        async add(timer, delayMs) {
          if (!world.timers.has(timer.id)) world.timers.set(timer.id, { timer, delayMs });
        },
        cancel: async ({ id }) => void world.cancelled.push(id),
      },
      ...more,
    }),
  };
  return world;
}

/** An event of one person, at the world's time. */
export function eventAt(world: World, id: string, more: object = {}): BotEvent {
  return {
    type: 'text',
    id,
    mid: id,
    platform: 'page',
    pageId: '10',
    psid: '20',
    timestamp: world.clock.now(),
    channel: 'messaging',
    text: 'xin chào',
    ...more,
  };
}

/** The texts that were sent. */
export const textsOf = ({ sent }: World): (string | undefined)[] =>
  sent.map(({ message }) => message.text);

/** An error as `@bot/graph-client` throws them. */
export function graphError(kind: string, more: object = {}): Error {
  const is = { kind, scope: 'message', outcome: 'not-executed', retryAfterMs: undefined };
  return Object.assign(new Error(`Graph says ${kind}`), is, more);
}
