import {
  createFakeTransport,
  graphError,
  type FakeAnswer,
  type RecordedRequest,
} from '@bot/graph-client/testing';
import type { TextEvent } from '@bot/graph-client/webhook';
import { openHistory, type HistoryRedis } from '@bot/history';
import { createMemorySessionStore, isPageTrouble } from '@bot/handlers';
import { createPageSender, openPages, type PageSenderOptions } from '@bot/pages';
import type { Queue } from '@bot/queue';
import { createManualClock, createMemoryQueue, type ManualClock } from '@bot/queue/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { createConversation } from './conversation/bot.ts';
import { createTurns } from './turns.ts';

const MINUTE = 60_000;
/** Nothing asks it. */
const noRedis = {} as HistoryRedis;
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface World {
  readonly clock: ManualClock;
  readonly queue: Queue;
  readonly asked: readonly RecordedRequest[];
  readonly refused: string[];
  readonly say: (id: string, pageId?: string, psid?: string) => Promise<unknown>;
  /** What is done when a Page is found to be well again. */
  readonly mend: (pageId: string) => Promise<unknown>;
}

/** The worker without Redis and Graph, which answers as it is told; by default nothing is held back. */
function startWorld(
  answer: (request: RecordedRequest, count: number) => FakeAnswer,
  pipeline: Pick<PageSenderOptions, 'pipeline'> = { pipeline: [] },
): World {
  const clock = createManualClock(Date.UTC(2026, 0, 5, 8));
  const { queue, work, close } = createMemoryQueue({ clock });
  closing.push(close);
  const asked: RecordedRequest[] = [];
  const transport = createFakeTransport({
    otherwise: (request) => answer(request, asked.push(request)),
  });
  const refused: string[] = [];
  const sender = createPageSender({
    pages: openPages({ accessToken: 'token' }, { onChange: () => {}, onProblem: () => {} }),
    transport,
    clock,
    random: () => 0,
    ...pipeline,
  });
  work({
    retry: { isOutage: isPageTrouble },
    random: () => 0,
    handle: createTurns({
      bot: createConversation(),
      queue,
      clock,
      sessions: createMemorySessionStore({ now: () => clock.now() }),
      sender,
      history: openHistory({ url: undefined, redis: noRedis, clock }),
      onRefused: (reason) => void refused.push(reason),
    }),
  });
  return {
    clock,
    queue,
    asked,
    refused,
    mend(pageId) {
      sender.forget(pageId);
      return queue.hasten(`${pageId}:`);
    },
    say(id, pageId = '10', psid = '20') {
      const lane = `${pageId}:${psid}`;
      const timestamp = clock.now();
      const data: TextEvent = {
        type: 'text',
        platform: 'page',
        channel: 'messaging',
        mid: id,
        psid,
        text: `xin chào ${id}`,
        id,
        pageId,
        timestamp,
      };
      return queue.add({ id, lane, timestamp, data });
    },
  };
}

const taken: FakeAnswer = { body: { recipient_id: '20', message_id: 'm_sent' } };

describe('an event whose reply fails', () => {
  it.each([
    ['a blocked person', graphError(551), 'recipient-gone'],
    ['a closed window', graphError(10, 2018278), 'window-closed'],
    ['another app that has the thread', graphError(2018300), 'taken-over'],
  ])('for %s is not tried again, and counted', async (_what, answer, reason) => {
    const { clock, queue, asked, refused, say } = startWorld(() => answer);
    await say('m_1');
    await clock.advance(5 * MINUTE);
    expect(asked).toHaveLength(1);
    expect(refused).toEqual([reason]);
    expect(await queue.figures()).toMatchObject({ turns: 1, retries: 0, dead: 0 });
  });

  it.each([
    ['trouble at Meta', graphError(2), 500],
    ['a proxy’s page', { status: 502, body: '<html>' }, 500],
    ['throttling', graphError(80006), MINUTE],
  ] as const)('for %s is tried again', async (_what, answer, afterMs) => {
    const { clock, queue, asked, say } = startWorld((_, count) => (count === 1 ? answer : taken));
    await say('m_1');
    await clock.advance(afterMs - 1);
    expect(asked).toHaveLength(1);
    await clock.advance(2_000);
    expect(asked).toHaveLength(2);
    expect(await queue.figures()).toMatchObject({ turns: 1, dead: 0 });
  });

  it('for a mistake that stays is given up on, with one apology', async () => {
    const { clock, queue, asked, say } = startWorld(({ body }) =>
      JSON.stringify(body).includes('Xin lỗi') ? taken : graphError(100),
    );
    await say('m_1');
    await clock.advance(5 * MINUTE);
    expect(asked).toHaveLength(2);
    expect(await queue.deadLetters.list()).toHaveLength(1);
  });

  it('for a dead token waits with its Page, loses nothing, and other Pages do not notice', async () => {
    let isDead = true;
    const { clock, queue, asked, say } = startWorld(({ path }) =>
      isDead && path.includes('/10/') ? graphError(190, 463) : taken,
    );
    for (const id of ['m_1', 'm_2', 'm_3']) await say(id);
    await say('m_4', '11');
    await clock.advance(1_000);
    expect(asked.map(({ path }) => path.split('/')[2])).toEqual(['10', '11']);
    await clock.advance(120 * MINUTE);
    expect(await queue.figures()).toMatchObject({ turns: 1, dead: 0, waitingEvents: 3 });
    isDead = false;
    const before = asked.length;
    await clock.advance(MINUTE);
    const texts = asked.slice(before).map(({ body }) => JSON.stringify(body));
    expect(texts.map((text) => /xin chào (m_\d)/.exec(text)?.[1])).toEqual(['m_1', 'm_2', 'm_3']);
    expect(await queue.figures()).toMatchObject({ turns: 4, dead: 0, waitingEvents: 0 });
  });

  it.each([
    ['a wrong app secret', graphError(100, undefined, 'Invalid appsecret_proof provided')],
    ['a missing permission', graphError(200)],
  ])('for %s asks Graph once a minute at most, and goes on once mended', async (_what, answer) => {
    let isMended = false;
    const world = startWorld(() => (isMended ? taken : answer), {});
    const { clock, queue, asked, say, mend } = world;
    for (const psid of ['20', '21', '22', '23']) await say(`m_${psid}`, '10', psid);
    await clock.advance(MINUTE - 1_000);
    expect(asked).toHaveLength(1);
    await clock.advance(120 * MINUTE);
    expect(asked.length).toBeLessThan(10);
    expect(await queue.figures()).toMatchObject({ turns: 0, dead: 0, waitingEvents: 4 });
    isMended = true;
    await mend('10');
    await clock.advance(1_000);
    expect(await queue.figures()).toMatchObject({ turns: 4, dead: 0, waitingEvents: 0 });
  });
});

describe('a conversation', () => {
  it('is left to a human whose answer stands behind the event', async () => {
    const { clock, queue, asked, refused, say } = startWorld(() => taken);
    const timestamp = clock.now();
    const lane = '10:20';
    // Both are there before the turn begins.
    await Promise.all([
      say('m_1'),
      queue.add({
        id: 'm_2',
        lane,
        timestamp,
        data: {
          type: 'echo',
          platform: 'page',
          channel: 'messaging',
          mid: 'm_2',
          id: 'm_2',
          pageId: '10',
          psid: '20',
          appId: '263902037430900',
          text: 'Để em trả lời',
          timestamp,
        },
      }),
    ]);
    await clock.advance(MINUTE);
    expect(asked).toEqual([]);
    expect(refused).toEqual(['taken-over']);
  });
});
