/**
 * Takes guards away from the product, from outside, so that a test can see the damage they prevent:
 * a test that passes without the guard proves nothing.
 */
import {
  systemClock,
  type AddOutcome,
  type Queue,
  type QueueEvent,
  type RedisConnection,
  type WorkerOptions,
} from '@bot/queue';

/**
 * `dedupe`: an event that was accepted before is accepted again. `journal`: steps leave no trace.
 * `fence`: whoever lost a lane may still write to it. `deadline`: a worker never finds its leases
 * too old. `sweep`: nobody looks for forgotten lanes. `isolation`: an event that may be what kills
 * its workers runs beside all others. `clock`: a shard's time goes back with the clock. `expiry`: each
 * id is remembered in a key of its own, for ever. `turn`: the end of a turn removes whatever event is
 * the first of its lane. `renewal`: leases are not lengthened, though workers are told so. `refusal`:
 * `add` hides that Redis did not take its events.
 */
export type Guard =
  | 'dedupe'
  | 'journal'
  | 'fence'
  | 'deadline'
  | 'sweep'
  | 'isolation'
  | 'clock'
  | 'expiry'
  | 'turn'
  | 'renewal'
  | 'refusal';

type LuaGuard = Exclude<Guard, 'deadline' | 'sweep' | 'refusal'>;

/** Lines of the Lua files, and what stands there instead. */
export const weakerLines: Record<LuaGuard, readonly { line: string; instead: string }[]> = {
  dedupe: [
    {
      line: "if redis.call('SADD', key, member) == 0 then",
      instead: "if redis.call('SADD', key, member) < 0 then",
    },
  ],
  journal: [
    {
      line: "redis.call('HSET', state, field, 'sending ' .. now)",
      instead: "redis.call('HDEL', state, field)",
    },
    {
      line: "redis.call('HSET', state, field, value)",
      instead: "redis.call('HDEL', state, field)",
    },
  ],
  fence: [
    { line: 'if held[1] == ARGV[i + 1] and held[2] == ARGV[i + 2] then', instead: 'if true then' },
    { line: 'if held[1] ~= epoch then', instead: 'if false then' },
    { line: "if redis.call('HGET', state, 'epoch') == ARGV[i + 1] then", instead: 'if true then' },
  ],
  isolation: [{ line: 'elseif lost > tonumber(ARGV[i + 1]) then', instead: 'elseif false then' }],
  clock: [{ line: 'if wall < last then', instead: 'if false then' }],
  expiry: [
    {
      line: "local key = base .. ':seen:' .. set\n",
      instead: "local key = base .. ':seen:' .. set .. member\n",
    },
    { line: "redis.call('PEXPIRE', key, digits(least + 60000))", instead: '' },
  ],
  turn: [{ line: 'if turn ~= tonumber(ARGV[i + 2]) then', instead: 'if false then' }],
  renewal: [
    { line: "redis.call('HSET', state, 'until', deadline)", instead: '' },
    { line: "redis.call('ZADD', base .. ':waiting', deadline, ARGV[i])", instead: '' },
  ],
};

/**
 * From now on the queue's scripts run weakened over this connection. `onFound` is told of each
 * guard once its line was seen in a script that ran; tests assert that it was.
 */
export function weakenScripts(
  redis: RedisConnection,
  guards: readonly Guard[],
  onFound: (guard: Guard) => void,
): void {
  const weaker = guards.filter((guard) => guard in weakerLines) as LuaGuard[];
  if (weaker.length === 0) return;
  const found = new Set<Guard>();
  const run = redis.eval.bind(redis) as (...args: unknown[]) => Promise<unknown>;

  function weaken(source: string): string {
    let text = source;
    for (const guard of weaker) {
      for (const { line, instead } of weakerLines[guard]) {
        if (!text.includes(line)) continue;
        text = text.replaceAll(line, instead);
        if (!found.has(guard)) onFound(guard);
        found.add(guard);
      }
    }
    return text;
  }

  // The queue runs its scripts by their hash, and with their text when Redis does not know them.
  Object.assign(redis, {
    evalsha: () => Promise.reject(new Error('NOSCRIPT This connection sends the text.')),
    eval: (source: string, ...args: unknown[]) => run(weaken(source), ...args),
  });
}

/** Options that leave a worker without the guards that are none of Lua. */
export function weakerOptions(guards: readonly Guard[]): Partial<WorkerOptions> {
  return {
    ...(guards.includes('sweep') ? { sweepEveryMs: 3_600_000 } : {}),
    // Leases end on the monotonic clock only.
    ...(guards.includes('deadline') ? { clock: { ...systemClock, monotonic: () => 0 } } : {}),
  };
}

/** From now on the queue goes without the guards that are the producer's. */
export function weakenQueue(queue: Queue, guards: readonly Guard[]): void {
  if (!guards.includes('refusal')) return;
  const add = queue.add.bind(queue);
  Object.assign(queue, {
    add: (events: readonly QueueEvent[]): Promise<AddOutcome[]> =>
      add(events).catch(() => events.map(() => 'accepted')),
  });
}
