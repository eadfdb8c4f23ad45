import { describe, expect, it } from 'vitest';
import { createBot } from './bot.ts';
import { HandlerError } from './handler-error.ts';
import { withoutWords } from './redaction.ts';
import { createWorld, eventAt, graphError, settled, textsOf } from './turn-ports.test-setup.ts';
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

  it.each([
    ['a human answers', { channel: 'standby' }],
    ['it is about a receipt', { type: 'read', watermark: 1, text: undefined }],
  ])('asks for no apology when %s', async (_when, more) => {
    const world = createWorld();
    let asked = 0;
    const apology = (): string => `Lỗi ${(asked += 1)}`;
    const bot = createBot({ apology }).use(() => Promise.reject(new Error('broken')));
    const before = eventAt(world, 'm_0');
    await expect(bot.handle(before, world.ports(before))).rejects.toThrow('broken');
    expect(textsOf(world)).toEqual(['Lỗi 1']);
    const event = eventAt(world, 'm_1', more);
    await expect(bot.handle(event, world.ports(event))).rejects.toThrow('broken');
    expect(asked).toBe(1);
  });

  it('is heard of although the store fails after it', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    const bot = createBot().text(() => Promise.reject(new Error('first')));
    const sessions = { ...world.sessions, save: () => Promise.reject(new Error('second')) };
    await expect(bot.handle(event, world.ports(event, { sessions }))).rejects.toThrow('first');
  });

  it('is named, too, when its session is nothing that can be kept', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    const bot = createBot<{ self?: object }>({ session: { initial: () => ({}) } }).text((turn) => {
      turn.session.self = turn.session;
    });
    await expect(bot.handle(event, world.ports(event))).rejects.toThrow(
      'Event m_1 (text): handler "text" failed: TypeError: Converting circular structure',
    );
  });

  it('may throw anything', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1', { text: 'mật khẩu' });
    const bot = createBot().text((turn) => Promise.reject(`no ${turn.event.text}` as never));
    const error = await bot.handle(event, world.ports(event)).catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(/handler "text" failed: Error: no \[text\]$/);
    expect(error).toMatchObject({ cause: 'no mật khẩu', handler: 'handler "text"' });
  });

  it('is left alone when whoever runs the turn has stopped it', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    const lost = new Error('the lease is lost');
    const bot = createBot()
      .catch(() => {})
      .text(async (turn) => {
        world.stop.abort(lost);
        turn.signal.throwIfAborted();
      });
    await expect(bot.handle(event, world.ports(event))).rejects.toBe(lost);
    const late = eventAt(world, 'm_2');
    await expect(bot.handle(late, world.ports(late))).rejects.toBe(lost);
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
    expect(error).toMatchObject({ callKind: undefined, scope: undefined });
    expect(Object.keys(error as object)).toContain('retryAfterMs');
  });

  it.each([
    [undefined, 20_000],
    [5_000, 5_000],
  ])(
    'by never ending is ended, and can do nothing more: of %s ms after %s',
    async (turnTimeoutMs, limitMs) => {
      const world = createWorld();
      const event = eventAt(world, 'm_1');
      let late: Turn | undefined;
      const begun = Promise.withResolvers<void>();
      const bot = createBot(turnTimeoutMs ? { turnTimeoutMs } : {}).text(
        'xin chào',
        async (turn) => {
          late = turn;
          begun.resolve();
          await new Promise(() => {});
        },
      );
      const running = bot.handle(event, world.ports(event)).catch((thrown: unknown) => thrown);
      await begun.promise;
      world.clock.moveTo(world.clock.now() + limitMs - 1);
      await settled();
      expect(late?.signal.aborted).toBe(false);
      world.clock.moveTo(world.clock.now() + 1);
      expect(String(await running)).toContain(
        `handler "text xin chào" failed: TurnTimeoutError: It did not end within ${limitMs} ms`,
      );
      expect(late?.signal.aborted).toBe(true);
      await expect(late?.reply('muộn')).rejects.toThrow('A reply came after the end of its turn');
      const order = late?.step('order', async () => void world.saves.push('ordered'));
      await expect(order).rejects.toThrow('Step order came after the end of its turn');
      expect(() => late?.remind({ name: 'tea', afterMs: 1 })).toThrow('Reminder tea came after');
      expect(world.saves.join()).not.toContain('ordered');
      expect(textsOf(world)).toEqual([
        'Xin lỗi, mình đang gặp trục trặc. Bạn thử lại sau ít phút nhé!',
      ]);
    },
  );

  it('sends nothing that it was still being asked about when it failed', async () => {
    const world = createWorld();
    const event = eventAt(world, 'm_1');
    const asked = Promise.withResolvers<[]>();
    let reply: Promise<unknown> | undefined;
    const bot = createBot({ apology: () => undefined }).text((turn) => {
      reply = turn.reply('muộn');
      reply.catch(() => {});
      throw new Error('first');
    });
    const ports = world.ports(event, { waiting: () => asked.promise });
    await expect(bot.handle(event, ports)).rejects.toThrow('first');
    asked.resolve([]);
    await expect(reply).rejects.toMatchObject({ name: 'TurnOverError', outcome: 'not-executed' });
    expect(world.sent).toEqual([]);
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
    ['mật khẩu\nlà một hai ba bốn', quoting('mật khẩu\nlà một hai ba bốn')],
    ['khẩu "biết mật" đây', `No ${JSON.stringify('khẩu "biết mật" đây')} here`],
    ['CVV là 123', 'No card "CVV là"'],
  ])('holds nothing of %j', (text, message) => {
    const redacted = withoutWords(message, eventAt(world, 'm_1', { text }));
    const words = text.split(/[\s"]/).filter((word) => word.length > 3);
    expect(words.filter((word) => redacted.includes(word))).toEqual([]);
    expect(redacted).toContain('[text]');
  });

  it('keeps what is not the person’s', () => {
    const message = 'Cannot read "price" of "m_1" of \'20\'';
    expect(withoutWords(message, eventAt(world, 'm_1'))).toBe(message);
    const tap = { type: 'postback', payload: 'BUY:SEN', title: 'Mua', text: undefined };
    const unknown = 'No tea "BUY:SEN" for "Mua"';
    expect(withoutWords(unknown, eventAt(world, 'm_1', tap))).toBe('No tea "BUY:SEN" for [text]');
  });

  it('stays readable', () => {
    const place = { type: 'location', title: 'Quán\nTrà', coordinates: { lat: 10.7769 } };
    const sent = { type: 'attachments', attachments: [place], text: undefined };
    const event = eventAt(world, 'm_1', sent);
    const reading = "Cannot read properties of undefined (reading 'lat')";
    expect(withoutWords(reading, event)).toBe(reading);
    expect(withoutWords('No "Quán\nTrà", "Quán\\nTrà" at "10.7769"', event)).toBe(
      'No [text], [text] at [text]',
    );
    const one = eventAt(world, 'm_1', { text: '1' });
    expect(withoutWords('Graph says 190: no tea 1', one)).toBe('Graph says 190: no tea [text]');
  });
});
