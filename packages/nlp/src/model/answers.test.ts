import { tool } from 'ai';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createAnswers, type AnswerOutcome, type AnswersOptions } from './answers.ts';
import type { Handover } from './handover.ts';
import { hanging, mockModel, rig, saying, type Rig } from './mocks.test-setup.ts';
import type { Passage } from './passages.ts';

const shipping: Passage = {
  id: 'shipping.md#1',
  headings: ['Giao hàng'],
  text: 'Giao trong 2 ngày, phí 15.000 đ. Xem https://trasen.vn/giao-hang',
};
const returns: Passage = { id: 'returns.md#1', headings: ['Đổi trả'], text: 'Đổi trong 7 ngày.' };
const answer = (text: string, sources = ['p1']): ReturnType<typeof saying> =>
  saying({ kind: 'answer', text, sources });
const saysKind = (kind: string): ReturnType<typeof saying> =>
  saying({ kind, text: '', sources: [] });

function ask(
  { model, clock, observer }: Rig,
  more: Partial<AnswersOptions> = {},
  signal = new AbortController().signal,
): Promise<AnswerOutcome> {
  const answers = createAnswers({
    model,
    clock,
    observer,
    passages: { search: async () => [shipping, returns] },
    nonce: () => 'mark-7f3a',
    ...more,
  });
  return answers.ask({ conversation: '100:200', text: 'Bao lâu thì giao?', locale: 'vi', signal });
}

describe('an answer', () => {
  it('is said with the passages that it names', async () => {
    const asked = rig(mockModel(answer('Giao trong 2 ngày.')));
    expect(await ask(asked)).toEqual({
      kind: 'answered',
      text: 'Giao trong 2 ngày.',
      sources: [shipping],
    });
  });

  it.each([
    ['it names no passage', answer('Giao trong 2 ngày.', []), 'no-source'],
    ['it names one that it was not given', answer('2 ngày.', ['p1', 'p3']), 'unknown-source'],
    [
      'it names one by a name that it does not know',
      answer('2 ngày.', ['shipping.md#1']),
      'unknown-source',
    ],
    ['the model says so', saysKind('unsure'), 'by-model'],
    ['a human is wanted and there is none', saysKind('human'), 'human-wanted'],
    ['nothing is left of it', answer('https://evil.com'), 'empty'],
    ['it is only space', answer(' \u200b'), 'empty'],
  ])('is unsure when %s', async (_what, said, reason) => {
    expect(await ask(rig(mockModel(said)))).toEqual({ kind: 'unsure', reason });
  });

  it('is unsure without asking the model when no document fits', async () => {
    const source = mockModel(answer('?'));
    const outcome = await ask(rig(source), { passages: { search: async () => [] } });
    expect(outcome).toEqual({ kind: 'unsure', reason: 'no-passages' });
    expect(source.doGenerateCalls).toEqual([]);
  });

  it.each([
    ['rubbish', saying('Giao trong 2 ngày.'), { kind: 'failed', reason: 'not-json' }],
    [
      'another shape',
      saying({ kind: 'answer', text: 7 }),
      { kind: 'failed', reason: 'wrong-shape' },
    ],
    ['nothing', saying(''), { kind: 'failed', reason: 'empty' }],
    ['an error', new Error('Bao lâu'), { kind: 'failed', reason: 'error' }],
    [
      'what the filter held back',
      saying('', { finish: 'content-filter' }),
      { kind: 'refused', reason: 'content-filter' },
    ],
    ['a refusal', saysKind('refuse'), { kind: 'refused', reason: 'by-model' }],
  ])('is an outcome and no error when the model says %s', async (_what, said, outcome) => {
    expect(await ask(rig(mockModel(said)))).toEqual(outcome);
  });

  it('says that the budget is used up, and whose', async () => {
    const person = rig(mockModel(), { limits: { perPersonPerDay: { tokens: 10 } } });
    expect(await ask(person)).toEqual({ kind: 'over-budget', of: 'person' });
    const day = rig(mockModel(), { limits: { perDay: { tokens: 10 } } });
    expect(await ask(day)).toEqual({ kind: 'over-budget', of: 'day' });
  });

  it('fits into one message, and ends between words', async () => {
    const outcome = await ask(rig(mockModel(answer('Giao trong hai ngày. '.repeat(200)))));
    const text = outcome.kind === 'answered' ? outcome.text : '';
    expect(text.length).toBeLessThanOrEqual(2_000);
    expect(text.length).toBeGreaterThan(1_900);
    expect(text).toMatch(/(Giao|trong|hai|ngày\.)…$/);
  });
});

describe('the time for an answer', () => {
  it.each([
    ['the model', {}, 'timeout', 10_000],
    [
      'the documents',
      { passages: { search: () => new Promise<never>(() => {}) } },
      'passages',
      2_000,
    ],
  ])('is bounded, whatever hangs: %s', async (_what, more, reason, ms) => {
    const asked = rig(mockModel(hanging));
    const outcome = ask(asked, more);
    await expect.poll(() => asked.clock.timers).toBe(2);
    asked.clock.move(ms);
    expect(await outcome).toEqual({ kind: 'failed', reason });
    expect(asked.clock.timers).toBe(0);
  });

  it('ends with the turn', async () => {
    const asked = rig(mockModel(hanging));
    const turn = new AbortController();
    const outcome = ask(asked, {}, turn.signal);
    turn.abort();
    expect(await outcome).toEqual({ kind: 'failed', reason: 'aborted' });
  });
});

describe('documents and history', () => {
  it('say so when they cannot be searched', async () => {
    const passages = { search: () => Promise.reject(new Error('Bao lâu thì giao?')) };
    const outcome = await ask(rig(mockModel()), { passages });
    expect(outcome).toEqual({ kind: 'failed', reason: 'passages' });
  });

  it('are done without when the history cannot be read', async () => {
    const asked = rig(mockModel(answer('2 ngày.')));
    const history = { recent: () => Promise.reject(new Error('no')) };
    expect(await ask(asked, { history })).toMatchObject({ kind: 'answered' });
    expect(asked.told).toEqual(['historyFailed']);
  });

  it('are searched with what was asked before when a question alone finds nothing', async () => {
    const queries: string[] = [];
    const passages: AnswersOptions['passages'] = {
      search: async (query) => {
        queries.push(query);
        return queries.length > 1 ? [shipping] : [];
      },
    };
    const history: AnswersOptions['history'] = {
      recent: async () => [
        { by: 'person', text: 'Phí giao hàng?' },
        { by: 'page', text: '15.000 đ.' },
      ],
    };
    const source = mockModel(answer('2 ngày.'));
    expect(await ask(rig(source), { passages, history })).toMatchObject({ kind: 'answered' });
    expect(queries).toEqual(['Bao lâu thì giao?', 'Phí giao hàng? Bao lâu thì giao?']);
    expect(JSON.stringify(source.doGenerateCalls[0]?.prompt)).toContain('15.000 đ.');
  });
});

describe('a human', () => {
  function humans(when?: Handover['when']): { handover: Handover; calls: string[] } {
    const calls: string[] = [];
    const call: Handover['call'] = async ({ conversation, because }) =>
      void calls.push(`${conversation} ${because}`);
    return { handover: { call, ...(when === undefined ? {} : { when }) }, calls };
  }

  it.each([
    ['asked', saysKind('human')],
    ['unsure', saysKind('unsure')],
  ])('is called when the outcome would be: %s', async (because, said) => {
    const { handover, calls } = humans();
    const outcome = await ask(rig(mockModel(said)), { handover });
    expect(outcome).toEqual({ kind: 'handed-over', because });
    expect(calls).toEqual([`100:200 ${because}`]);
  });

  it('is called for what the bot says, and for nothing else', async () => {
    const { handover, calls } = humans(['failed']);
    const failing = rig(mockModel(new Error('no')));
    expect(await ask(failing, { handover })).toEqual({ kind: 'handed-over', because: 'failed' });
    expect(await ask(rig(mockModel(saysKind('unsure'))), { handover })).toMatchObject({
      kind: 'unsure',
    });
    expect(await ask(rig(mockModel(answer('2 ngày.'))), { handover })).toMatchObject({
      kind: 'answered',
    });
    expect(calls).toEqual(['100:200 failed']);
  });

  it('who cannot be called leaves the outcome as it was, in bounded time', async () => {
    const asked = rig(mockModel(saysKind('unsure')));
    const called = Promise.withResolvers<void>();
    const call = (): Promise<never> => {
      called.resolve();
      return new Promise(() => {});
    };
    const outcome = ask(asked, { handover: { call } });
    await called.promise;
    asked.clock.move(3_000);
    expect(await outcome).toEqual({ kind: 'unsure', reason: 'by-model' });
    expect(asked.told).toEqual(['handoverFailed']);
  });
});

describe('a tool that is allowed', () => {
  const calling = (name: string): ReturnType<typeof saying> =>
    saying('', {
      content: [{ type: 'tool-call', toolCallId: '1', toolName: name, input: '{"id":"7"}' }],
      finish: 'tool-calls',
    });
  const order = (
    execute: (input: { id: string }) => unknown,
  ): Required<AnswersOptions>['tools'] => {
    const inputSchema = z.object({ id: z.string() });
    return () => ({ order: tool({ description: 'An order.', inputSchema, execute }) });
  };

  it('is run, and may be what the answer rests on', async () => {
    const source = mockModel(calling('order'), answer('Đơn 7 đang giao.', ['tool:order']));
    const tools = order(({ id }) => ({ id, state: 'đang giao' }));
    expect(await ask(rig(source), { tools })).toEqual({
      kind: 'answered',
      text: 'Đơn 7 đang giao.',
      sources: [],
    });
  });

  it('that throws tells the model that it failed, and not why', async () => {
    const source = mockModel(calling('order'), answer('Đơn 7?', ['tool:order']));
    const asked = rig(source);
    const tools = order(() => {
      throw new Error('postgres://user:password@db');
    });
    expect(await ask(asked, { tools })).toMatchObject({ kind: 'answered' });
    expect(asked.told).toEqual(['toolFailed order']);
    expect(JSON.stringify(source.doGenerateCalls[1]?.prompt)).not.toContain('password');
  });

  it('is named as a source only when it was called', async () => {
    const tools = order(() => 'đang giao');
    const source = mockModel(answer('Đơn 7 đang giao.', ['tool:order']));
    expect(await ask(rig(source), { tools })).toEqual({ kind: 'unsure', reason: 'unknown-source' });
  });

  it('cannot be called without end', async () => {
    const source = mockModel(calling('order'));
    const outcome = await ask(rig(source), { tools: order(() => 'đang giao') });
    expect(outcome).toEqual({ kind: 'failed', reason: 'empty' });
    expect(source.doGenerateCalls).toHaveLength(3);
  });
});
