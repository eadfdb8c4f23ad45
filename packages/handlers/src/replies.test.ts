import { describe, expect, it } from 'vitest';
import { createBot } from './bot.ts';
import { HandlerError, isPageTrouble } from './handler-error.ts';
import type { ReplyOutcome } from './reply.ts';
import { getEventListeners } from 'node:events';
import { createWorld, eventAt, graphError, textsOf } from './turn-ports.test-setup.ts';

const failureOf = (running: Promise<void>): Promise<unknown> =>
  running.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a reply', () => {
  it('goes to the person, each message a step that its metadata names', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    const bot = createBot().text(async (turn) => {
      await turn.reply('một');
      await turn.reply(['hai', { text: 'ba', quickReplies: [{ title: 'A', payload: 'A' }] }]);
    });
    await bot.handle(event, world.ports(event));
    expect(world.sent.map(({ pageId, to, metadata }) => `${pageId} ${to} ${metadata}`)).toEqual([
      '10 20 m_1/reply-1',
      '10 20 m_1/reply-2',
      '10 20 m_1/reply-3',
    ]);
    expect(textsOf(world)).toEqual(['một', 'hai', 'ba']);
  });

  it('goes out as it was told to, and stops with its turn', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    const how = { replyTo: 'm_0', personaId: '7', notificationType: 'NO_PUSH' } as const;
    const bot = createBot().text(async (turn) => {
      await turn.reply('một', { ...how, utility: { name: 'tea', language: 'vi' } });
      expect(world.sent[0]?.signal).toBe(turn.signal);
    });
    await bot.handle(event, world.ports(event));
    expect(world.sent).toEqual([
      {
        ...how,
        pageId: '10',
        to: '20',
        message: { text: 'một' },
        messagingType: 'RESPONSE',
        metadata: 'm_1/reply-1',
        signal: world.sent[0]?.signal,
      },
    ]);
    expect(getEventListeners(world.stop.signal, 'abort')).toEqual([]);
  });

  it('answers the mids of what was sent, and which of them are lost', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    const outcomes: ReplyOutcome[] = [];
    const journal = world.ports(event);
    const ports = world.ports(event, {
      step: (name, effect) =>
        name === 'reply-1' ? Promise.resolve(undefined) : journal.step(name, effect),
    });
    const bot = createBot().text(async (turn) => {
      outcomes.push(await turn.reply(['một', 'hai']));
    });
    await bot.handle(event, ports);
    expect(outcomes).toEqual([{ kind: 'sent', messageIds: [undefined, 'm_sent_1'] }]);
  });

  it('of a long text goes out in parts, in order and whole', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    const bot = createBot().text((turn) => turn.reply(`${'à'.repeat(1_999)} ${'b'.repeat(10)}`));
    await bot.handle(event, world.ports(event));
    expect(textsOf(world)).toEqual(['à'.repeat(1_999), 'b'.repeat(10)]);
  });

  it('is sent once although the turn runs again after a failure in the middle', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    let broken = true;
    world.onSend = ({ message }) => {
      if (message.text === 'hai' && broken) throw new Error('reset');
    };
    const bot = createBot({ apology: () => undefined }).text(async (turn) => {
      await turn.reply(['một', 'hai']);
    });
    await expect(bot.handle(event, world.ports(event))).rejects.toThrow('reset');
    broken = false;
    await bot.handle(event, world.ports(event));
    expect(textsOf(world)).toEqual(['một', 'hai']);
  });

  it('of several ends where its turn has failed meanwhile', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    const slow = Promise.withResolvers<void>();
    world.onSend = () => slow.promise;
    let late: Promise<ReplyOutcome> | undefined;
    const bot = createBot({ apology: () => undefined }).text((turn) => {
      late = turn.reply(['một', 'hai']);
      throw new Error('not awaited');
    });
    await expect(bot.handle(event, world.ports(event))).rejects.toThrow('not awaited');
    slow.resolve();
    await expect(late).rejects.toThrow('A reply came after the end of its turn');
    expect(textsOf(world)).toEqual(['một']);
  });

  it('is not begun when a part of it breaks a limit, and says which one', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    const bot = createBot({ apology: () => undefined }).text('xin chào', (turn) =>
      turn.reply(['một', { text: 'hai', quickReplies: [{ title: 'x'.repeat(21), payload: 'X' }] }]),
    );
    const error = await failureOf(bot.handle(event, world.ports(event)));
    expect(world.sent).toEqual([]);
    expect(error).toBeInstanceOf(HandlerError);
    expect(String(error)).toMatch(
      /Event m_1 \(text\): handler "text xin chào" failed: ReplyError: Part 2 .*quickReplies\[0\].*20/,
    );
    expect(error).toHaveProperty('cause.name', 'ReplyError');
    expect(error).toHaveProperty('cause.cause.field', 'message.quickReplies[0].title');
    expect(error).toHaveProperty('retryAfterMs', undefined);
    expect(Object.keys(error as object)).toContain('retryAfterMs');
  });

  it.each([
    [20, 20, {}],
    [3, 2, { mostReplies: 3 }],
  ])('is one too many after %s messages, none of it sent after %s', async (most, sent, options) => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    const bot = createBot({ ...options, apology: () => undefined }).text(async (turn) => {
      for (let count = 0; count < 30; count += 1) await turn.reply(['và', 'nữa']);
    });
    await expect(bot.handle(event, world.ports(event))).rejects.toThrow(
      `A turn may send ${most} messages, and this would be number ${sent + 2}.`,
    );
    expect(world.sent).toHaveLength(sent);
  });

  it.each([
    ['window-closed', 'window-closed'],
    ['recipient-gone', 'recipient-gone'],
    ['thread-owned', 'taken-over'],
    ['rejected', 'rejected'],
  ])('that Messenger refuses as %s is an outcome, and stays one', async (kind, reason) => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    let tries = 0;
    world.onSend = () => {
      tries += 1;
      throw graphError(kind);
    };
    const outcomes: ReplyOutcome[] = [];
    let crash = true;
    const bot = createBot({ apology: () => undefined }).text(async (turn) => {
      outcomes.push(await turn.reply(['một', 'hai']));
      if (crash) throw new Error('later');
    });
    await expect(bot.handle(event, world.ports(event))).rejects.toThrow('later');
    crash = false;
    await bot.handle(event, world.ports(event));
    expect(outcomes).toEqual([
      { kind: 'refused', reason },
      { kind: 'refused', reason },
    ]);
    expect(tries).toBe(1);
    expect(world.refused).toEqual([reason, reason]);
  });

  it('that fails otherwise fails the turn, with what its error says of another attempt', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    world.onSend = () => {
      throw graphError('token-dead', { scope: 'page' });
    };
    const bot = createBot().text((turn) => turn.reply('một'));
    const error = await failureOf(bot.handle(event, world.ports(event)));
    expect(error).toMatchObject({ callKind: 'token-dead', scope: 'page', retryAfterMs: undefined });
    expect(isPageTrouble(error)).toBe(true);
    expect(isPageTrouble(graphError('throttled', { scope: 'app' }))).toBe(true);
    expect(isPageTrouble(graphError('transient'))).toBe(false);
    expect(isPageTrouble('no error')).toBe(false);
  });

  it('and an effect of the bot’s own are told apart, and the effect is done once', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    const ids: string[] = [];
    let crash = true;
    const bot = createBot({ apology: () => undefined }).text(async (turn) => {
      const order = await turn.step('reply-1', async ({ id }) => {
        ids.push(id);
        return 42;
      });
      await turn.reply(`Đơn ${order}`);
      if (crash) throw new Error('later');
    });
    await expect(bot.handle(event, world.ports(event))).rejects.toThrow('later');
    crash = false;
    await bot.handle(event, world.ports(event));
    expect(ids).toEqual(['m_1/own-reply-1']);
    expect(textsOf(world)).toEqual(['Đơn 42']);
  });

  it('may follow the mark of what was read, which nobody misses', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    const ports = world.ports(event);
    const act = (): Promise<void> => Promise.reject(new Error('no'));
    const bot = createBot().text(async (turn) => {
      await turn.markSeen();
      await turn.reply('một');
    });
    await bot.handle(event, { ...ports, sender: { ...ports.sender, act } });
    expect(textsOf(world)).toEqual(['một']);
    await bot.handle(eventAt(world, 'm_2'), world.ports(eventAt(world, 'm_2')));
    expect(world.actions.map(({ action }) => action)).toEqual(['mark_seen']);
    const standby = eventAt(world, 'm_3', { channel: 'standby' });
    await createBot()
      .use((turn) => turn.markSeen())
      .handle(standby, world.ports(standby));
    expect(world.actions).toHaveLength(1);
  });
});
