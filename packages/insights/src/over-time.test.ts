import { createReports } from '@bot/history';
import { systemClock } from '@bot/queue';
import { describe, expect, it } from 'vitest';
import { at, databases, human, useFigures } from './figures.test-setup.ts';
import { answers, messages, people, takeovers, unanswered } from './over-time.ts';
import { listPages } from './pages.ts';
import { summary } from './summary.ts';

describe.each(databases)('figures over time on %s', (kind) => {
  const { own, rowsOf, say } = useFigures(kind);

  it('tell new people from those who return, by the days of a place', async () => {
    // Seen before the period.
    await say({ at: at('01T10:00:00') });
    // The last moment of the 4th in Vietnam, and the first of the 5th.
    await say({ at: at('04T16:59:59.999') });
    await say({ at: at('04T17:00:00.000'), psid: 'ben' });
    await say({ at: at('04T18:00:00.000'), psid: 'ben' });
    // New on the 3rd, returning on the 5th.
    await say({ at: at('02T17:00:00'), psid: 'cam' });
    await say({ at: at('05T01:00:00'), psid: 'cam' });
    // Just outside of the period.
    await say({ at: at('02T16:59:59.999'), psid: 'dan' });
    await say({ at: at('05T17:00:00'), psid: 'eve' });
    // What is no message does not make anybody count.
    await say({ at: at('04T01:00:00'), psid: 'fay', type: 'reaction' });

    expect(await rowsOf(people)).toEqual([
      { bucket: '2026-01-03', new_people: 1, returning_people: 0 },
      { bucket: '2026-01-04', new_people: 0, returning_people: 1 },
      { bucket: '2026-01-05', new_people: 1, returning_people: 1 },
    ]);
    expect(await rowsOf(people, { timeZone: 'UTC' })).toEqual([
      { bucket: '2026-01-03', new_people: 0, returning_people: 0 },
      { bucket: '2026-01-04', new_people: 1, returning_people: 1 },
      { bucket: '2026-01-05', new_people: 1, returning_people: 1 },
    ]);
    expect(await rowsOf(summary)).toEqual([
      expect.objectContaining({ people: 3, new_people: 2, returning_people: 1, from_people: 5 }),
    ]);
    const hours = await rowsOf(people, { from: '2026-01-05' });
    expect(hours).toHaveLength(24);
    expect(hours[0]).toEqual({ bucket: '2026-01-05 00:00', new_people: 1, returning_people: 0 });
    expect(hours[1]).toEqual({ bucket: '2026-01-05 01:00', new_people: 0, returning_people: 1 });
  });

  it('count a person of two Pages twice, and of one Page once', async () => {
    await say({ at: at('04T01:00:00'), repliesAfterMs: [500] });
    await say({ at: at('04T02:00:00'), repliesAfterMs: [500] });
    await say({ at: at('04T03:00:00'), pageId: '11' });
    await say({ ...human, at: at('04T03:30:00'), pageId: '11' });
    const day = { bucket: '2026-01-04', from_people: 3, from_bot: 2, from_humans: 1 };
    expect((await rowsOf(messages))[1]).toEqual(day);
    expect((await rowsOf(people))[1]).toMatchObject({ new_people: 2 });
    const onePage = { from_people: 1, from_bot: 0, from_humans: 1 };
    expect((await rowsOf(messages, { page: '11' }))[1]).toMatchObject(onePage);
    expect((await rowsOf(people, { page: '11' }))[1]).toMatchObject({ new_people: 1 });
    expect(await rowsOf(summary, { page: '11' })).toEqual([
      expect.objectContaining({ people: 1, ...onePage }),
    ]);
    const pages = await createReports({ database: own.database, clock: systemClock }).read(
      listPages,
    );
    expect(pages).toEqual(['10', '11']);
  });

  it('measure how long the first answer took against 30 seconds', async () => {
    await say({ at: at('03T01:00:00'), repliesAfterMs: [29_900, 31_000] });
    await say({ at: at('03T02:00:00'), repliesAfterMs: [30_100] });
    await say({ at: at('03T03:00:00'), psid: 'dan' });
    // Answered by a human, since the bot is silent.
    await say({ at: at('04T01:00:00') });
    await say({ ...human, at: at('04T01:05:00') });
    // Nobody has to answer what another app answers.
    await say({ at: at('04T02:00:00'), channel: 'standby', psid: 'ben' });
    // Written in fragments, and answered as one by a timer or by what came last.
    await say({ at: at('05T01:00:00'), psid: 'cam' });
    await say({ at: at('05T01:00:04'), psid: 'cam', repliesAfterMs: [1_000] });

    expect(await rowsOf(answers)).toEqual([
      {
        bucket: '2026-01-03',
        in_time: 1,
        late: 1,
        by_human: 0,
        no_answer: 1,
        median_seconds: 30,
        most_seconds: expect.closeTo(30.09, 5),
      },
      {
        bucket: '2026-01-04',
        in_time: 0,
        late: 0,
        by_human: 1,
        no_answer: 0,
        median_seconds: null,
        most_seconds: null,
      },
      {
        bucket: '2026-01-05',
        in_time: 2,
        late: 0,
        by_human: 0,
        no_answer: 0,
        median_seconds: 3,
        most_seconds: expect.closeTo(4.8, 5),
      },
    ]);
    expect(await rowsOf(summary)).toEqual([
      expect.objectContaining({ share_in_time: 0.75, no_answer: 1, from_humans: 1 }),
    ]);
  });

  it('do not take a reply that was refused for an answer', async () => {
    const event = {
      type: 'text',
      id: 'e',
      timestamp: at('03T01:00:00'),
      pageId: '10',
      psid: 'ann',
    };
    const step = async <Result>(_name: string, effect: (step: { id: string }) => Promise<Result>) =>
      effect({ id: 'e' });
    await own.recorder.turn(event, step, async (recorded) => {
      await recorded.step('reply-1', async () => ({ refused: 'window-closed' }), { text: 'Chào!' });
    });
    await own.write();
    expect((await rowsOf(answers))[0]).toMatchObject({ in_time: 0, late: 0, no_answer: 1 });
    expect((await rowsOf(messages))[0]).toMatchObject({ from_people: 1, from_bot: 0 });
  });

  it('count who took conversations over, and gave them back', async () => {
    await say({ ...human, at: at('03T01:00:00'), notes: [{ kind: 'takeover', by: 'human' }] });
    await say({ at: at('04T01:00:00'), notes: [{ kind: 'released' }] });
    const passed = { type: 'thread-control', action: 'pass', newOwnerAppId: '5', psid: 'ben' };
    await say({ ...passed, at: at('04T02:00:00'), notes: [{ kind: 'takeover', by: 'app' }] });
    expect(await rowsOf(takeovers)).toEqual([
      { bucket: '2026-01-03', to_human: 1, to_app: 0, to_bot: 0 },
      { bucket: '2026-01-04', to_human: 0, to_app: 1, to_bot: 1 },
      { bucket: '2026-01-05', to_human: 0, to_app: 0, to_bot: 0 },
    ]);
    expect(await rowsOf(summary)).toEqual([expect.objectContaining({ to_human: 1 })]);
  });

  it('are zeros where nothing was said', async () => {
    expect(await rowsOf(summary)).toEqual([
      expect.objectContaining({ people: 0, from_people: 0, share_in_time: null, unanswered: 0 }),
    ]);
    for (const report of [people, messages, answers, unanswered, takeovers]) {
      expect(await rowsOf(report)).toHaveLength(3);
    }
  });
});
