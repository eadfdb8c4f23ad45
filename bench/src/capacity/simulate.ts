import { createAgenda } from './agenda.ts';
import { createStation, type Station } from './station.ts';

/** A system and what people write to it. CPU times are ms a message. */
export interface Model {
  readonly messagesPerSecond: number;
  readonly seconds: number;
  /** Of these, what is left out of the figures. */
  readonly warmUpSeconds: number;
  readonly conversations: number;
  /** Exponent of Zipf's law: 0 when all conversations write as much. */
  readonly skew: number;
  /** Processes, each with a core of its own. */
  readonly webhooks: number;
  readonly workers: number;
  readonly shards: number;
  /** Turns side by side in one worker. */
  readonly turns: number;
  readonly webhookMs: number;
  readonly workerMs: number;
  readonly redisMs: number;
  /** How long Redis waits for the disk before it answers. */
  readonly flushMs: number;
  readonly graphMs: number;
  /** Whether service times are as given, or exponential with that mean. */
  readonly service: 'constant' | 'exponential';
  /** From 0 to 1. */
  readonly random: () => number;
}

/** What came of it after the warm-up. */
export interface Simulated {
  readonly repliesPerSecond: number;
  /** Of all processes of a kind together, from 0 to 1. */
  readonly utilisation: {
    readonly webhook: number;
    readonly worker: number;
    readonly redis: number;
    readonly turns: number;
  };
  /** How long a turn held its place, mean in ms. */
  readonly turnMs: number;
  /** From the delivery until Graph has the reply, in ms. */
  readonly reply: { readonly p50: number; readonly p99: number };
}

/**
 * What a message waits for at Redis, one after another: accept, add a job; fetch the job, take the
 * lane; load what is kept, journal the step; journal its end, save, finish. A message behind
 * another one of its conversation comes with that one's finish.
 */
const trips = { accept: 2, take: 2, send: 2, finish: 3 };
const allTrips = trips.accept + trips.take + trips.send + trips.finish;
/** Parts of a worker's CPU time: before the journal, the call, and after it. */
const workerParts = 3;

interface Message {
  readonly conversation: number;
  readonly arrivedAt: number;
}

/** Messages come as a Poisson process and take the whole path; what is under way at the end is left. */
export function simulate(model: Model): Simulated {
  const { random, turns, graphMs, flushMs } = model;
  const agenda = createAgenda();
  const stations = (count: number, flush = 0): Station[] =>
    Array.from({ length: count }, () => createStation(agenda, flush));
  const webhooks = stations(model.webhooks);
  const workers = stations(model.workers);
  const shards = stations(model.shards, flushMs);
  const pick = pickByZipf(model.conversations, model.skew, random);

  const free = workers.map(() => turns);
  /** Lanes that were taken by nobody yet: the message at their head. */
  const ready: Message[] = [];
  /** Of each conversation with a message under way: those behind it. */
  const behind = new Map<number, Message[]>();
  const replyMs: number[] = [];
  const turnTimes: number[] = [];
  let [turnsUnderWay, turnMsSum, changedAt, nextWebhook, nextWorker] = [0, 0, 0, 0, 0];

  function time(meanMs: number): number {
    return model.service === 'constant' ? meanMs : exponential(meanMs, random);
  }
  function atRedis(message: Message, count: number, goOn: () => void): void {
    if (count === 0) return goOn();
    const shard = shards[message.conversation % shards.length] as Station;
    shard.visit(time(model.redisMs / allTrips), () => atRedis(message, count - 1, goOn));
  }
  function countTurns(change: 1 | -1): void {
    turnMsSum += turnsUnderWay * (agenda.now - changedAt);
    changedAt = agenda.now;
    turnsUnderWay += change;
  }

  function arrive(): void {
    const message = { conversation: pick(), arrivedAt: agenda.now };
    const webhook = webhooks[(nextWebhook += 1) % webhooks.length] as Station;
    webhook.visit(time(model.webhookMs), () =>
      atRedis(message, trips.accept, () => queue(message)),
    );
    agenda.after(exponential(1_000 / model.messagesPerSecond, random), arrive);
  }
  function queue(message: Message): void {
    const waiting = behind.get(message.conversation);
    if (waiting !== undefined) {
      waiting.push(message);
      return;
    }
    behind.set(message.conversation, []);
    ready.push(message);
    takeReady();
  }
  function takeReady(): void {
    for (let tried = 0; tried < workers.length && ready.length > 0; tried += 1) {
      const index = (nextWorker += 1) % workers.length;
      if ((free[index] ?? 0) === 0) continue;
      const message = ready.shift() as Message;
      free[index] = (free[index] ?? 0) - 1;
      tried = -1;
      countTurns(1);
      const takenAt = agenda.now;
      atRedis(message, trips.take, () => runTurn(message, index, takenAt));
    }
  }
  function runTurn(message: Message, index: number, takenAt: number): void {
    const worker = workers[index] as Station;
    const work = (goOn: () => void): void => worker.visit(time(model.workerMs / workerParts), goOn);
    const reply = (): void => {
      replyMs.push(agenda.now - message.arrivedAt);
      agenda.after(graphMs, () => work(() => atRedis(message, trips.finish, finish)));
    };
    const finish = (): void => {
      turnTimes.push(agenda.now - takenAt);
      const next = behind.get(message.conversation)?.shift();
      if (next !== undefined) {
        runTurn(next, index, agenda.now);
        return;
      }
      behind.delete(message.conversation);
      free[index] = (free[index] ?? 0) + 1;
      countTurns(-1);
      takeReady();
    };
    work(() => atRedis(message, trips.send, () => work(reply)));
  }

  const busy = (some: readonly Station[]): number =>
    some.reduce((sum, station) => sum + station.busyMs, 0);
  const used = (): number[] => {
    countTurns(1);
    countTurns(-1);
    return [busy(webhooks), busy(workers), busy(shards), turnMsSum];
  };
  arrive();
  agenda.run(model.warmUpSeconds * 1_000);
  const before = used();
  replyMs.length = 0;
  turnTimes.length = 0;
  agenda.run(model.seconds * 1_000);
  const ms = (model.seconds - model.warmUpSeconds) * 1_000;
  const capacities = [webhooks.length, workers.length, shards.length, workers.length * turns];
  const [webhook = 0, worker = 0, redis = 0, ofTurns = 0] = used().map(
    (now, index) => (now - (before[index] ?? 0)) / ms / (capacities[index] ?? 1),
  );
  const sorted = Float64Array.from(replyMs).toSorted();
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return {
    repliesPerSecond: (replyMs.length / ms) * 1_000,
    utilisation: { webhook, worker, redis, turns: ofTurns },
    turnMs: turnTimes.reduce((sum, each) => sum + each, 0) / turnTimes.length,
    reply: { p50: at(0.5), p99: at(0.99) },
  };
}

function exponential(mean: number, random: () => number): number {
  return -mean * Math.log(1 - random());
}

/** The n-th conversation writes in proportion to n to the power of `-skew`. */
function pickByZipf(count: number, skew: number, random: () => number): () => number {
  if (skew === 0) return () => Math.floor(random() * count);
  const sums = new Float64Array(count);
  let sum = 0;
  for (let index = 0; index < count; index += 1) {
    sum += (index + 1) ** -skew;
    sums[index] = sum;
  }
  return () => {
    const wanted = random() * sum;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
