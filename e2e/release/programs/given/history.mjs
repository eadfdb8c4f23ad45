/** What the examples of @bot/history take for granted. */
import { deepStrictEqual } from 'node:assert/strict';
import { createBot } from '@bot/handlers';
import {
  createHistory,
  createHistoryWriter,
  createRecorder,
  createReports,
  createTurnHistory,
  openDatabase,
  openHistory,
  sql,
} from '@bot/history';
import { connectRedis, createWorker, systemClock } from '@bot/queue';
import { openDoor } from '../door.mjs';

await openDoor();
const redis = connectRedis({ url: 'redis://localhost:6379', role: 'worker' });
const database = openDatabase({ url: 'memory:' });
await database.migrate();
const clock = systemClock;
const recorder = createRecorder({ redis, clock });
const writer = createHistoryWriter({ redis, database, clock });
const history = createHistory({ database, clock, timeLimitMs: 5_000 });
const person = { pageId: '10', psid: '20' };
const lines = [];

Object.assign(globalThis, {
  createHistoryWriter,
  createReports,
  createTurnHistory,
  createWorker,
  openDatabase,
  openHistory,
  systemClock,
  bot: createBot(),
  database,
  file: { write: (line) => void lines.push(line) },
  history,
  log: { error() {}, info() {}, warn() {} },
  ports: {},
  recorder,
  redis,
  sql,
  writer,
  ...person,
});

/** What is noted is written by the writer of one of the examples, or by ours, and found. */
export async function verify() {
  const event = { type: 'text', id: 'e1', text: 'Bảng giá', timestamp: Date.now(), ...person };
  await recorder.turn(
    event,
    async () => undefined,
    async () => {},
  );
  let found;
  do found = await history.search('bang gia');
  while (found.kind !== 'found' || found.hits.length === 0);
  deepStrictEqual(
    found.hits.map(({ text }) => text),
    ['Bảng giá'],
  );
}
