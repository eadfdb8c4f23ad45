/**
 * A producer process of a run: sends each event at its time, whether the queue keeps up or not, and
 * sends again what was refused, as Meta delivers again. Ends when everything is acknowledged.
 */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import {
  connectRedis,
  createQueue,
  OverloadedError,
  UnavailableError,
  type AddOutcome,
} from '@bot/queue';
import { collectOnRequest } from './collect.ts';
import { weakenQueue, weakenScripts } from './guards-off.ts';
import { readOrders, type ProducerOrders } from './orders.ts';
import { connectOutside } from './outside.ts';
import { eventsFrom, type PlannedEvent } from './traffic.ts';
import { followClock } from './wrong-clock.ts';

const LOOK_EVERY_MS = 5;
const REDELIVER_AFTER_MS = 100;
/** Due events of which the next ones to send are chosen: a backlog is looked at in parts. */
const MOST_LOOKED_AT = 500;

collectOnRequest();
const orders = await readOrders<ProducerOrders>();
const { name, redisUrl, sinkPort, guardsOff, clockPath, ...sending } = orders;
const { events, addSize, addsAtOnce, commandTimeoutMs = 800, ...how } = sending;
const clock = clockPath === undefined ? {} : followClock(clockPath);
const outside = await connectOutside(sinkPort, name);
const redis = connectRedis({ url: redisUrl, role: 'producer', commandTimeoutMs });
await once(redis, 'ready');
weakenScripts(redis, guardsOff, (guard) => outside.tell({ kind: 'weakened', guard }));
const queue = createQueue({ redis, ...clock, ...how });
weakenQueue(queue, guardsOff);
const planned = eventsFrom(await outside.begun, events);

/** Due and not yet sent, oldest first. */
let due: PlannedEvent[] = [];
/** Lanes with an event under way: a second `add` might overtake the first. */
const busy = new Set<string>();
let looked = 0;
let addsUnderWay = 0;
let unacked = events.length;
const everything = Promise.withResolvers<void>();

function nextAdd(): PlannedEvent[] {
  const add: PlannedEvent[] = [];
  const left: PlannedEvent[] = [];
  const passedOver = new Set<string>();
  for (const event of due) {
    const free = !busy.has(event.lane) && !passedOver.has(event.lane);
    if (free && add.length < addSize) add.push(event);
    else {
      left.push(event);
      passedOver.add(event.lane);
    }
  }
  for (const { lane } of add) busy.add(lane);
  due = left;
  return add;
}

const isRefusal = (error: unknown): error is UnavailableError | OverloadedError =>
  error instanceof UnavailableError || error instanceof OverloadedError;

async function addUntilTaken(add: readonly PlannedEvent[]): Promise<void> {
  let outcomes: readonly AddOutcome[] | undefined;
  let tookMs = 0;
  while (!outcomes) {
    const begun = performance.now();
    try {
      outcomes = await queue.add(add);
      tookMs = performance.now() - begun;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      tookMs = performance.now() - begun;
      outside.tell({ kind: 'refused', why: error.kind, events: add.length, tookMs });
      await delay(REDELIVER_AFTER_MS);
    }
  }
  const duplicates = outcomes.filter((outcome) => outcome === 'duplicate').length;
  outside.tell({ kind: 'acked', ids: add.map(({ id }) => id), duplicates, tookMs });
  addsUnderWay -= 1;
  unacked -= add.length;
  if (unacked === 0) everything.resolve();
  for (const { lane } of add) busy.delete(lane);
  send();
}

function send(): void {
  // The traffic flows evenly, however wrong the clock is.
  const now = performance.timeOrigin + performance.now();
  for (; due.length < MOST_LOOKED_AT; looked += 1) {
    const event = planned[looked];
    if (!event || event.timestamp > now) break;
    due.push(event);
  }
  while (due.length > 0 && addsUnderWay < addsAtOnce) {
    const add = nextAdd();
    if (add.length === 0) return;
    addsUnderWay += 1;
    void addUntilTaken(add);
  }
}

const looking = setInterval(send, LOOK_EVERY_MS);
if (unacked > 0) await everything.promise;
clearInterval(looking);
await queue.close();
redis.disconnect();
await outside.close();
