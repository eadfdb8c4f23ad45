import type { HistoryRedis } from './streams.ts';
import { rejectedOf } from './streams.ts';
import type { Person } from './person.ts';

/** A record that can never be written. */
export interface Rejected {
  readonly json: string;
  readonly reason: string;
}

/** A shard's newest; whoever never looks must not fill Redis. */
const MOST = 1_000;

/** Puts records aside, for people to look at: `XRANGE {bot:0}:history-rejected - +`. */
export async function keepRejected(
  redis: Pick<HistoryRedis, 'eval'>,
  stream: string,
  rejected: readonly Rejected[],
): Promise<void> {
  if (rejected.length === 0) return;
  const words = rejected.flatMap(({ json, reason }) => [json, reason]);
  await redis.eval(KEEP, 1, rejectedOf(stream), MOST, ...words);
}

/** Takes away what was put aside of people. */
export async function forgetRejected(
  redis: Pick<HistoryRedis, 'xrange' | 'xdel'>,
  stream: string,
  people: readonly Person[],
): Promise<void> {
  const entries = await redis.xrange(rejectedOf(stream), '-', '+', 'COUNT', MOST);
  const isOf = (json: string): boolean =>
    people.some(({ pageId, psid }) => json.includes(`"${psid}"`) && json.includes(`"${pageId}"`));
  const ids = entries.filter(([, [, json = '']]) => isOf(json)).map(([id]) => id);
  if (ids.length > 0) await redis.xdel(rejectedOf(stream), ...ids);
}

/** KEYS[1] the stream, ARGV the entries that it keeps, and pairs of a record and a reason. */
const KEEP = `
for i = 2, #ARGV, 2 do
  redis.call('XADD', KEYS[1], 'MAXLEN', ARGV[1], '*', 'r', ARGV[i], 'reason', ARGV[i + 1])
end
`;
