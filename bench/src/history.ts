import { startPostgres } from '@bot/dev';
import {
  createHistoryWriter,
  createRecorder,
  openDatabase,
  type HistoryDatabase,
  type Recorder,
} from '@bot/history';
import { systemClock, type RedisConnection } from '@bot/queue';
import { sql } from 'drizzle-orm';
import { cpuSeconds } from './cpu.ts';
import { startPrivateRedis } from './private-redis.ts';
import type { Figure } from './result.ts';
import { inTurn, type Found } from './rounds.ts';

const turns = 20_000;
/** An event and a reply each. */
const rows = 2 * turns;
const people = 2_000;
const rounds = 3;
const elapsed = 'rows a second';
const onOneCore = 'rows a second of CPU time';

/**
 * Rows that the history's writer brings from Redis into PostgreSQL, with all indexes, beside a bare
 * COPY of the same rows into the same tables. CPU time is this process's and that of PostgreSQL's
 * process which serves it.
 */
export async function benchHistory(): Promise<Figure[]> {
  const postgres = await startPostgres();
  const metered = await startPrivateRedis();
  const database = openDatabase({ url: postgres.url, connections: 1 });
  try {
    await database.migrate();
    const { redis } = metered;
    const recorder = createRecorder({ redis, clock: systemClock });
    const [found] = await database.rows<{ pid: number; folder: string }>(
      sql`select pg_backend_pid() as pid, current_setting('data_directory') as folder`,
    );
    const { pid = 0, folder = '' } = found ?? {};
    const file = `${folder}/rows.copy`;

    async function measure(run: () => Promise<void>): Promise<Found> {
      await database.rows(sql`truncate bot_history.messages, bot_history.conversations`);
      await database.rows(sql`checkpoint`);
      const cpu = (): number => {
        const { user, system } = process.cpuUsage();
        return (user + system) / 1_000_000 + cpuSeconds(pid);
      };
      const [begun, before] = [performance.now(), cpu()];
      await run();
      const seconds = (performance.now() - begun) / 1_000;
      return { [elapsed]: rows / seconds, [onOneCore]: rows / (cpu() - before) };
    }

    const contenders = [
      {
        name: 'COPY',
        measure: () => measure(() => copy(database, 'from', file)),
      },
      {
        name: 'writer',
        async measure() {
          await note(recorder);
          const figures = await measure(() => write(redis, database));
          await copy(database, 'to', file);
          return figures;
        },
      },
    ];
    // COPY needs rows that were written once.
    await contenders[1]?.measure();
    const all = await inTurn(`history: ${rows} rows`, rounds, contenders, (each) => each.measure());
    return [
      {
        what: 'rows of the history on one core',
        unit: 'a second',
        values: all.values('writer', onOneCore),
        goal: { atLeast: 5_000 },
      },
      {
        what: 'rows of the history by COPY on one core',
        unit: 'a second',
        values: all.values('COPY', onOneCore),
      },
      {
        what: 'rows of the history beside COPY',
        unit: 'x',
        values: all.ratios('writer', elapsed),
      },
    ];
  } finally {
    await database.close();
    await metered.close();
    await postgres.close();
  }
}

/** All columns but the number, which COPY takes from the sequence as the writer does. */
const columns = sql.raw(
  'at, key, page_id, psid, direction, kind, mid, text, payload, step, state, sent_at, error, words, kept_at',
);

async function copy(database: HistoryDatabase, way: 'from' | 'to', file: string): Promise<void> {
  const what =
    way === 'to'
      ? sql`(select ${columns} from bot_history.messages order by id)`
      : sql`bot_history.messages (${columns})`;
  await database.rows(sql`copy ${what} ${sql.raw(way)} ${sql.raw(`'${file}'`)}`);
}

async function note(recorder: Recorder): Promise<void> {
  const now = systemClock.now();
  await Promise.all(
    Array.from({ length: turns }, (_, index) => {
      const psid = String(6_000_000_000 + (index % people));
      const event = {
        type: 'text',
        id: `message.m_${'x'.repeat(80)}${index}`,
        mid: `m_${'x'.repeat(80)}${index}`,
        platform: 'page',
        channel: 'messaging',
        pageId: '100000000000001',
        psid,
        timestamp: now + index,
        text: `Chị ơi cho em hỏi giá trà sữa số ${index} còn không ạ, ship về Đà Lạt được không?`,
      };
      return recorder.turn(
        event,
        async (name, effect) => effect({ id: name }),
        ({ step }) =>
          step('reply-1', async () => ({ messageId: `m_${'y'.repeat(80)}${index}` }), {
            text: `Dạ còn ạ, trà sữa số ${index} giá 35.000đ, bên em ship toàn quốc nha chị!`,
          }),
      );
    }),
  );
}

async function write(redis: RedisConnection, database: HistoryDatabase): Promise<void> {
  const { promise: all, resolve, reject } = Promise.withResolvers<void>();
  let written = 0;
  const writer = createHistoryWriter({
    redis,
    database,
    clock: systemClock,
    observer: {
      away: reject,
      wrote({ records }) {
        written += records;
        if (written === rows) resolve();
      },
    },
  });
  await all;
  await writer.close();
}
