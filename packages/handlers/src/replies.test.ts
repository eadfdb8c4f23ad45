import { describe, expect, it } from 'vitest';
import { createBot } from './bot.ts';
import { HandlerError, isPageTrouble } from './handler-error.ts';
import type { ReplyOutcome } from './reply.ts';
import { createWorld, eventAt, graphError, settled, textsOf } from './turn-ports.test-setup.ts';

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
    expect(error).toHaveProperty('retryAfterMs', undefined);
    expect(Object.keys(error as object)).toContain('retryAfterMs');
  });

  it('is one too many after twenty, or what the bot says', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    const bot = createBot({ mostReplies: 2, apology: () => undefined }).text(async (turn) => {
      for (;;) await turn.reply('và nữa');
    });
    await expect(bot.handle(event, world.ports(event))).rejects.toThrow(
      'A turn may send 2 messages, and this would be number 3.',
    );
    expect(world.sent).toHaveLength(2);
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

  it('is preceded by dots only when it takes long', async () => {
    const world = createWorld();
    const slow = Promise.withResolvers<void>();
    const bot = createBot()
      .text('chậm', async (turn) => {
        await slow.promise;
        await turn.reply('xong');
      })
      .text(async (turn) => {
        await turn.reply('ngay');
        await slow.promise;
      });
    const quick = eventAt(world, 'm_1', { psid: '21' });
    const answered = bot.handle(quick, world.ports(quick));
    await settled();
    world.clock.moveTo(world.clock.now() + 10_000);
    await settled();
    expect(world.actions).toEqual([]);

    const event = eventAt(world, 'm_2', { text: 'chậm' });
    const running = bot.handle(event, world.ports(event));
    await settled();
    world.clock.moveTo(world.clock.now() + 1_499);
    await settled();
    expect(world.actions).toEqual([]);
    world.clock.moveTo(world.clock.now() + 1);
    await settled();
    expect(world.actions).toMatchObject([{ pageId: '10', to: '20', action: 'typing_on' }]);
    slow.resolve();
    await Promise.all([answered, running]);
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
  });
});
