import { EventEmitter } from 'node:events';
import type { PageStatus } from '@bot/pages';
import type { RedisFinding, ShardMove } from '@bot/queue';
import { createManualClock, createMemoryQueue, type ManualClock } from '@bot/queue/testing';
import { afterEach } from 'vitest';
import type { OperatorPage } from './operations.ts';
import { run, type ExitCode } from './run.ts';

/** How a run of the command ended, and what it said. */
export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** What a test sets up for its runs. */
export interface Bench {
  readonly clock: ManualClock;
  readonly queue: ReturnType<typeof createMemoryQueue>['queue'];
  pages: OperatorPage[];
  status: PageStatus[];
  findings: RedisFinding[];
  shardMove: ShardMove | undefined;
  /** Why Redis cannot be reached. */
  redisError: Error | undefined;
  /** Why Redis cannot be let go of. */
  closeError: Error | undefined;
  /** What `open` throws. */
  configError: Error | undefined;
  /** Set on a terminal of this width. */
  columns: number | undefined;
  /** What is typed when something is asked; undefined where nobody can be asked. */
  typed: string | undefined;
  isWatched: boolean;
  /** By path. */
  readonly files: Map<string, string>;
  stop: AbortController;
  /** How often something was left open. */
  readonly open: () => number;
  readonly bot: (...args: string[]) => Promise<Ran>;
  /** Has events become dead letters, the first first, all in the same moment. */
  readonly bury: (ids: readonly string[], lane?: string) => Promise<void>;
}

export const LANE = '10:20';

/** When the tests begin. */
export const NOON: number = Date.UTC(2026, 8, 1, 12);

/** A queue in memory and the command beside it, anew for each test. */
export function useBench(): () => Bench {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  return () => {
    const clock = createManualClock(NOON);
    const memory = createMemoryQueue({ clock });
    closing.push(memory.close);
    const { queue } = memory;
    let open = 0;

    const bench: Bench = {
      clock,
      queue,
      pages: [],
      status: [],
      findings: [],
      shardMove: undefined,
      redisError: undefined,
      closeError: undefined,
      configError: undefined,
      columns: undefined,
      typed: undefined,
      isWatched: false,
      files: new Map(),
      stop: new AbortController(),
      open: () => open,
      bot: runBot,
      async bury(ids, lane = LANE) {
        const worker = memory.work({
          retry: () => ({ kind: 'bury' }),
          handle: () => Promise.reject(new RangeError('the handler failed')),
        });
        const { deadLetters: before } = await queue.figures();
        const timestamp = clock.now();
        await queue.add(
          ids.map((id) => ({ id, lane, timestamp, data: { type: 'text', text: `lời của ${id}` } })),
        );
        const dead = async (): Promise<number> => (await queue.figures()).deadLetters - before;
        while ((await dead()) < ids.length) await clock.advance(1_000);
        await worker.close();
      },
    };
    return bench;

    async function runBot(...args: string[]): Promise<Ran> {
      let out = '';
      let err = '';
      const code = await run(args, {
        signal: bench.stop.signal,
        files: {
          async read(path) {
            const text = bench.files.get(path);
            if (text === undefined) throw Object.assign(new Error('none'), { code: 'ENOENT' });
            return text;
          },
          write: async (path, text) => void bench.files.set(path, text),
        },
        terminal: {
          out: (text) => void (out += text),
          err: (text) => void (err += text),
          columns: bench.columns,
          isWatched: bench.isWatched,
          ask:
            bench.typed === undefined
              ? undefined
              : async (question) => {
                  err += question;
                  return bench.typed ?? '';
                },
        },
        open() {
          if (bench.configError) throw bench.configError;
          open += 1;
          return {
            pages: bench.pages,
            close: async () => void (open -= 1),
            connect() {
              open += 1;
              const connection = Object.assign(new EventEmitter(), {
                disconnect: () => void (open -= 1),
              });
              const { redisError } = bench;
              queueMicrotask(() =>
                redisError ? connection.emit('error', redisError) : connection.emit('ready'),
              );
              return {
                connection,
                queue: {
                  ...queue,
                  async close() {
                    if (bench.closeError) throw bench.closeError;
                  },
                },
                shardMove: bench.shardMove,
                inspect: async () => bench.findings,
                pageStatus: async () => bench.status,
              };
            },
          };
        },
      });
      return { code, out, err };
    }
  };
}
