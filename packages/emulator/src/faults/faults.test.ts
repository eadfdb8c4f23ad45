import { describe, expect, it } from 'vitest';
import type { Fault } from './faults.ts';
import type { Emulator } from '../emulator.ts';
import { createInstantClock } from '../testing/instant-clock.ts';
import {
  callGraph,
  createScene,
  graphPath,
  minhQuan,
  pageId,
  sendMessage,
  thuHa,
} from '../testing/scene.ts';

const hello = { text: 'Chào bạn' };
const sent = ({ state }: Emulator): number => state.conversations[thuHa]?.messages.length ?? 0;

describe('a fault of calls', () => {
  it.each<[Fault, object]>([
    [{ kind: 'throttled' }, { code: 80006 }],
    [{ kind: 'token-dead' }, { code: 190, error_subcode: 460 }],
    [{ kind: 'page-restricted' }, { code: 10, error_subcode: 1893063 }],
    [{ kind: 'person-blocked' }, { code: 551, error_subcode: 1545041 }],
    [{ kind: 'window-closed' }, { code: 10, error_subcode: 2018278 }],
    [
      { kind: 'refusal', code: 1, subcode: 1357046 },
      { code: 1, error_subcode: 1357046 },
    ],
  ])('%j refuses with its code, and does nothing', async (fault, error) => {
    const { emulator } = await createScene();
    const { id } = emulator.inject({ ...fault, times: 1 });
    const answer = await sendMessage(emulator, hello);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error });
    expect(sent(emulator)).toBe(0);
    expect(emulator.state.calls).toMatchObject([{ status: 400, fault: id, psid: thuHa, pageId }]);
    expect((await sendMessage(emulator, hello)).status).toBe(200);
  });

  it('throttled says in the usage header when to come back', async () => {
    const { emulator } = await createScene();
    emulator.inject({ kind: 'throttled', regainMinutes: 7 });
    const { headers } = await sendMessage(emulator, hello);
    expect(JSON.parse(headers.get('x-business-use-case-usage') ?? '')).toMatchObject({
      [pageId]: [{ call_count: 100, estimated_time_to_regain_access: 7 }],
    });
  });

  it.each([
    [false, 0],
    [true, 1],
  ])('server-error answers no Graph body; took effect: %s', async (tookEffect, messages) => {
    const { emulator } = await createScene();
    emulator.inject({ kind: 'server-error', status: 502, tookEffect });
    const answer = await fetch(emulator.url + graphPath('messages'), {
      method: 'POST',
      headers: { authorization: 'Bearer page-token', 'content-type': 'application/json' },
      body: JSON.stringify({ recipient: { id: thuHa }, message: hello }),
    });
    expect(answer.status).toBe(502);
    expect(await answer.text()).toBe('Sorry, something went wrong.');
    expect(sent(emulator)).toBe(messages);
  });

  it.each([
    [false, 0],
    [true, 1],
  ])('reset breaks the connection; took effect: %s', async (tookEffect, messages) => {
    const { emulator } = await createScene();
    emulator.inject({ kind: 'reset', tookEffect });
    await expect(sendMessage(emulator, hello)).rejects.toThrow('fetch failed');
    expect(sent(emulator)).toBe(messages);
    expect(emulator.state.calls).toMatchObject([{ status: 0 }]);
  });

  it('latency and slow-body take their time, and the answer comes whole', async () => {
    const clock = createInstantClock();
    const { emulator } = await createScene({ clock });
    emulator.inject({ kind: 'latency', ms: 300 });
    emulator.inject({ kind: 'slow-body', ms: 800 });
    const { body } = await sendMessage(emulator, hello);
    expect(body).toMatchObject({ recipient_id: thuHa });
    expect(clock.pauses).toEqual([300, ...Array.from({ length: 8 }, () => 100)]);
  });

  it('meets only what it is for, and is over after its times', async () => {
    const { emulator } = await createScene();
    emulator.say(minhQuan, 'alo');
    const to = (psid: string): ReturnType<typeof callGraph> =>
      callGraph(emulator, { recipient: { id: psid }, message: hello });
    emulator.inject({ kind: 'token-dead', psid: minhQuan, api: 'messages', times: 2 });
    emulator.inject({ kind: 'token-dead', pageId: '42' });
    emulator.inject({ kind: 'token-dead', api: 'personas' });
    expect((await to(thuHa)).status).toBe(200);
    const statuses = [await to(minhQuan), await to(minhQuan), await to(minhQuan)];
    expect(statuses.map(({ status }) => status)).toEqual([400, 400, 200]);
    expect(emulator.state.faults.map(({ hits }) => hits)).toEqual([0, 0]);
    const personas = await callGraph(emulator, {}, { path: graphPath('personas') });
    expect(personas.body).toMatchObject({ error: { code: 190 } });
  });

  it('with a rate meets the same calls for the same seed, and others for another', async () => {
    const pattern = async (seed: number): Promise<string> => {
      const { emulator } = await createScene({ seed });
      emulator.inject({ kind: 'token-dead', rate: 0.3 });
      let seen = '';
      for (let call = 0; call < 60; call += 1) {
        seen += (await sendMessage(emulator, hello)).status === 200 ? '.' : 'x';
      }
      return seen;
    };
    const [first, again, other] = [await pattern(7), await pattern(7), await pattern(8)];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    const struck = first.replaceAll('.', '').length;
    expect(struck).toBeGreaterThan(8);
    expect(struck).toBeLessThan(30);
  });

  it('is told, can be removed, and is refused when it is none', async () => {
    const { emulator } = await createScene();
    const told: number[] = [];
    emulator.subscribe((change) => change.kind === 'faults' && told.push(change.faults.length));
    const { id } = emulator.inject({ kind: 'token-dead' });
    expect(emulator.removeFault(id)).toBe(true);
    expect(emulator.removeFault(id)).toBe(false);
    expect(told).toEqual([1, 0]);
    expect((await sendMessage(emulator, hello)).status).toBe(200);
    const wrong = [{ kind: 'nonsense' }, { kind: 'latency' }, { kind: 'reset', rate: 2 }, null];
    for (const fault of wrong) {
      expect(() => emulator.inject(fault as Fault)).toThrow(
        expect.objectContaining({ code: 'INVALID_FAULT' }),
      );
    }
  });
});

describe('a fault of deliveries', () => {
  it('duplicate sends it twice, though it was taken', async () => {
    const { emulator, webhook } = await createScene();
    emulator.inject({ kind: 'duplicate', times: 1 });
    emulator.say(thuHa, 'một');
    emulator.say(thuHa, 'hai');
    await emulator.idle();
    expect(webhook.texts()).toEqual(['một', 'một', 'hai']);
    expect(emulator.state.deliveries.map(({ attempts }) => attempts.length)).toEqual([2, 1]);
  });

  it('answer-lost sends the same bytes again', async () => {
    const { emulator, webhook } = await createScene({ redeliveryDelaysMs: [0] });
    emulator.inject({ kind: 'answer-lost', times: 1 });
    emulator.say(thuHa, 'một');
    await emulator.idle();
    expect(webhook.texts()).toEqual(['một', 'một']);
    const [delivery] = emulator.state.deliveries;
    expect(delivery?.attempts).toMatchObject([
      { status: 0, error: 'ANSWER_LOST' },
      { status: 200 },
    ]);
    expect(delivery?.accepted).toBe(true);
  });

  it('overtaken lets what came later go first', async () => {
    const later = Promise.withResolvers<void>();
    const clock = {
      now: () => Date.now(),
      sleep: (ms: number) => (ms === 5 ? later.promise : Promise.resolve()),
    };
    const { emulator, webhook } = await createScene({ clock }, (_count, { events }) => {
      if (events[0]?.message?.text === 'hai') later.resolve();
      return 200;
    });
    emulator.inject({ kind: 'overtaken', ms: 5, times: 1 });
    emulator.say(thuHa, 'một');
    emulator.say(thuHa, 'hai');
    await emulator.idle();
    expect(webhook.texts()).toEqual(['hai', 'một']);
  });

  it('meets only the person or the Page that it is for', async () => {
    const { emulator, webhook } = await createScene();
    emulator.inject({ kind: 'duplicate', psid: minhQuan });
    emulator.say(thuHa, 'một');
    emulator.say(minhQuan, 'hai');
    await emulator.idle();
    const texts = webhook.texts();
    expect(texts.filter((text) => text === 'hai')).toHaveLength(2);
    expect(texts.filter((text) => text === 'một')).toHaveLength(1);
  });
});
