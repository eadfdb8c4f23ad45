import { describe, expect, it } from 'vitest';
import { createBot } from './bot.ts';
import { HandlerError } from './handler-error.ts';
import { withoutWords } from './redaction.ts';
import { createWorld, eventAt, graphError, textsOf } from './turn-ports.test-setup.ts';
import type { Turn } from './turn.ts';

describe('a handler that fails', () => {
  it('is named with its event, and the person is told once, in their language', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    const bot = createBot({ locale: 'en' }).on('text', () => {
      throw new TypeError('no such tea');
    });
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const error = await bot.handle(event, world.ports(event)).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(HandlerError);
      expect(String(error)).toBe(
        'HandlerError: Event m_1 (text): handler "text" failed: TypeError: no such tea',
      );
      expect(Object.keys(error as object)).not.toContain('retryAfterMs');
    }
    expect(textsOf(world)).toEqual([
      'Sorry, something went wrong. Please try again in a few minutes!',
    ]);
    expect(world.sent[0]?.metadata).toBe('m_1/apology-1');
  });

  it('says nothing to the person as long as the event is tried again', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    const bot = createBot().text(() => Promise.reject(new Error('for now')));
    const ports = world.ports(event, { givesUp: () => false });
    await expect(bot.handle(event, ports)).rejects.toThrow('for now');
    expect(world.sent).toEqual([]);
  });

  it('apologises in the bot’s words, or not at all, and its own failure stands above both', async () => {
    const fail = (): Promise<never> => Promise.reject(new Error('first'));
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    const own = createBot({ apology: ({ event: { id } }) => `Lỗi ${id}` }).text(fail);
    await expect(own.handle(event, world.ports(event))).rejects.toThrow('first');
    expect(textsOf(world)).toEqual(['Lỗi m_1']);
    const silent = createBot({ apology: () => undefined }).text(fail);
    await expect(silent.handle(event, world.ports(event))).rejects.toThrow('first');
    world.onSend = () => {
      throw graphError('transient');
    };
    const second = eventAt(world, 'm_2');
    await expect(own.handle(second, world.ports(second))).rejects.toThrow('first');
    expect(textsOf(world)).toEqual(['Lỗi m_1']);
  });

  it('is left alone when whoever runs the turn has stopped it', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    const lost = new Error('the lease is lost');
    const bot = createBot()
      .catch(() => {})
      .text(async () => {
        world.stop.abort();
        throw lost;
      });
    await expect(bot.handle(event, world.ports(event))).rejects.toBe(lost);
    expect(world.sent).toEqual([]);
  });

  it('can be taken by the bot, but only what comes after it', async () => {
    const world = createWorld();
    const taken: unknown[] = [];
    const bot = createBot({ apology: () => undefined })
      .text('trước', () => Promise.reject(new Error('before')))
      .catch((error) => void taken.push(error))
      .text(() => Promise.reject(new Error('after')));
    const event = eventAt(world, 'm_1');
    await bot.handle(event, world.ports(event));
    expect(taken).toMatchObject([{ message: 'after' }]);
    const before = eventAt(world, 'm_2', { text: 'trước' });
    await expect(bot.handle(before, world.ports(before))).rejects.toThrow('before');
  });

  it('by calling next twice is never tried again', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    const bot = createBot({ apology: () => undefined }).text(async (_turn, next) => {
      await next();
      await next();
    });
    const error = await bot.handle(event, world.ports(event)).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('handler "text" failed: NextTwiceError');
    expect(Object.keys(error as object)).toContain('retryAfterMs');
  });

  it('by never ending is ended, and can say nothing more', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    let late: Turn | undefined;
    const begun = Promise.withResolvers<void>();
    const bot = createBot({ turnTimeoutMs: 5_000 }).text('xin chào', async (turn) => {
      late = turn;
      begun.resolve();
      await new Promise(() => {});
    });
    const running = bot.handle(event, world.ports(event)).catch((thrown: unknown) => thrown);
    await begun.promise;
    expect(late?.signal.aborted).toBe(false);
    world.clock.moveTo(world.clock.now() + 5_000);
    expect(String(await running)).toMatch(
      /handler "text xin chào" failed: TurnTimeoutError: It did not end within 5000 ms/,
    );
    expect(late?.signal.aborted).toBe(true);
    await expect(late?.reply('muộn')).rejects.toThrow('A reply came after the end of its turn');
    expect(textsOf(world)).toEqual([
      'Xin lỗi, mình đang gặp trục trặc. Bạn thử lại sau ít phút nhé!',
    ]);
  });
});

describe('a message of an error', () => {
  const world = createWorld();
  const quoting = (text: string): string => {
    try {
      return String(JSON.parse(text));
    } catch (error) {
      return (error as Error).message;
    }
  };

  it.each([
    ['xin chào bạn', quoting('xin chào bạn')],
    [
      'một câu dài mà JSON.parse sẽ cắt bớt ở giữa',
      quoting('một câu dài mà JSON.parse sẽ cắt bớt'),
    ],
    ['0901234567', 'No phone "0901234567" here'],
    ['mật khẩu', 'Cannot find mật khẩu'],
  ])('holds nothing of %j', (text, message) => {
    const redacted = withoutWords(message, eventAt(world, 'm_1', { text }));
    const words = text.split(' ').filter((word) => word.length > 3);
    expect(words.filter((word) => redacted.includes(word))).toEqual([]);
    expect(redacted).toContain('[text]');
  });

  it('keeps what is not the person’s', () => {
    const message = 'Cannot read "price" of "m_1"';
    expect(withoutWords(message, eventAt(world, 'm_1'))).toBe(message);
  });
});
