import type { TurnNote } from '@bot/handlers';
import { describe, expect, it } from 'vitest';
import { at, databases, useFigures } from './figures.test-setup.ts';
import { unanswered } from './over-time.ts';
import { buttons, flows, intents, unansweredTexts } from './rankings.ts';
import { summary } from './summary.ts';

describe.each(databases)('rankings on %s', (kind) => {
  const { rowsOf, say } = useFigures(kind);

  it('rank intents, by how often and how many people', async () => {
    const meant = (name: string, confidence: number): TurnNote[] => [
      { kind: 'intent', name, confidence },
    ];
    await say({ at: at('03T01:00:00'), notes: meant('price', 0.9) });
    await say({ at: at('04T01:00:00'), notes: meant('price', 0.7) });
    await say({ at: at('04T02:00:00'), notes: meant('greeting', 1), psid: 'ben' });
    await say({ at: at('06T02:00:00'), notes: meant('greeting', 1), psid: 'ben' });
    expect(await rowsOf(intents)).toEqual([
      { intent: 'price', times: 2, people: 1, confidence: expect.closeTo(0.8, 5) },
      { intent: 'greeting', times: 1, people: 1, confidence: 1 },
    ]);
    expect(await rowsOf(intents, {}, 1)).toHaveLength(1);
  });

  it('rank buttons by the names of their actions, and show nothing that a person wrote', async () => {
    const tap = (hour: number, payload: string | undefined, psid = 'ann') =>
      say({ at: at(`03T0${hour}:00:00`), type: 'postback', title: 'Mua', payload, psid });
    await tap(1, 'BUY:2:{"sku":"Trà\nsen"}');
    await tap(2, 'AAAAAAAAAAAAAAAAAAAAAA.BUY:2:{"sku":"x"}', 'ben');
    await tap(3, 'HELP');
    await tap(4, undefined);
    const reply = (minute: number, quickReplyPayload: string) =>
      say({ at: at(`04T01:0${minute}:00`), text: 'chọn', quickReplyPayload });
    await reply(1, 'HELP');
    await reply(2, '0912345678');
    await reply(3, '+84912345678');
    await reply(4, 'ann@example.com');
    await reply(5, 'nhà tôi ở số 5');
    await say({ at: at('04T02:00:00'), text: 'HELP' });
    expect(await rowsOf(buttons)).toEqual([
      { action: null, taps: 5, people: 1 },
      { action: 'BUY', taps: 2, people: 2 },
      { action: 'HELP', taps: 2, people: 1 },
    ]);
  });

  it('show where people leave a flow and where they finish', async () => {
    const flow = (step: string, change: 'asked' | 'left' | 'finished'): TurnNote => ({
      kind: 'flow',
      flow: 'booking',
      step,
      change,
    });
    await say({ at: at('03T01:00:00'), notes: [flow('day', 'asked')] });
    await say({ at: at('03T02:00:00'), notes: [flow('phone', 'asked')] });
    await say({ at: at('03T03:00:00'), notes: [flow('phone', 'finished')] });
    await say({ at: at('03T01:00:00'), psid: 'ben', notes: [flow('day', 'asked')] });
    await say({ at: at('03T02:00:00'), psid: 'ben', notes: [flow('phone', 'asked')] });
    await say({
      at: at('04T02:00:00'),
      psid: 'ben',
      type: 'timer',
      notes: [flow('phone', 'left')],
    });
    await say({ at: at('03T01:00:00'), psid: 'cam', notes: [flow('day', 'asked')] });
    await say({
      at: at('03T02:00:00'),
      psid: 'cam',
      notes: [flow('day', 'left'), { kind: 'flow', flow: 'order', step: 'tea', change: 'asked' }],
    });
    expect(await rowsOf(flows)).toEqual([
      { flow: 'booking', step: 'day', asked: 3, left_here: 1, finished_here: 0, share_left: 1 / 3 },
      { flow: 'booking', step: 'phone', asked: 2, left_here: 1, finished_here: 1, share_left: 0.5 },
      { flow: 'order', step: 'tea', asked: 1, left_here: 0, finished_here: 0, share_left: 0 },
    ]);
  });

  it('count what nobody answered, and have its words, the newest first', async () => {
    const notes: TurnNote[] = [{ kind: 'unanswered' }];
    await say({ at: at('03T01:00:00'), notes, text: 'ship Huế không' });
    await say({ at: at('05T16:00:00'), notes, text: 'mấy giờ mở', psid: 'ben', pageId: '11' });
    await say({ at: at('05T16:30:00'), text: 'xin chào' });
    expect((await rowsOf(unanswered)).map((row) => row['unanswered'])).toEqual([1, 0, 1]);
    expect(await rowsOf(summary)).toEqual([expect.objectContaining({ unanswered: 2 })]);
    expect(await rowsOf(unansweredTexts)).toEqual([
      { time: '2026-01-05 23:00', page: '11', text: 'mấy giờ mở' },
      { time: '2026-01-03 08:00', page: '10', text: 'ship Huế không' },
    ]);
    expect(await rowsOf(unansweredTexts, { page: '10' })).toHaveLength(1);
    expect(await rowsOf(unansweredTexts, {}, 1)).toHaveLength(1);
  });

  it('are empty where nothing was said', async () => {
    for (const report of [intents, buttons, flows, unansweredTexts]) {
      expect(await rowsOf(report)).toEqual([]);
    }
  });
});
