import type { AttachmentsEvent, PostbackEvent, TextEvent } from '@bot/graph-client/webhook';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { createBot } from './bot.ts';
import type { TimerEvent } from './event.ts';
import { command, ofType } from './filters.ts';
import { createFlow, type AnswerEvent } from './flow.ts';
import { next } from './flow-answer.ts';
import type { Payload } from './payload.ts';

interface Session {
  readonly cart: string[];
}
const session = { initial: (): Session => ({ cart: [] }) };

/** What tsc checks of this file matters more than that it runs. */
describe('a handler', () => {
  it('sees the events that its filter picks, and the session', () => {
    const bot = createBot<Session>({ session })
      .text((turn) => {
        expectTypeOf(turn.event).toEqualTypeOf<TextEvent>();
        expectTypeOf(turn.session).toEqualTypeOf<Session>();
      })
      .quickReply((turn) => {
        expectTypeOf(turn.event.quickReplyPayload).toEqualTypeOf<string>();
      })
      .on('reaction', (turn) => {
        expectTypeOf(turn.event.action).toEqualTypeOf<'react' | 'unreact'>();
      })
      .on(command('gia'), (turn) => {
        expectTypeOf(turn.event).toEqualTypeOf<TextEvent>();
      })
      .on(ofType('timer'), (turn) => {
        expectTypeOf(turn.event).toEqualTypeOf<TimerEvent>();
      })
      .group(
        ({ session: { cart } }) => cart.length > 0,
        (full) =>
          full.otherwise((turn) => {
            expectTypeOf(turn.event).toEqualTypeOf<TextEvent | AttachmentsEvent | PostbackEvent>();
            expectTypeOf(turn.session).toEqualTypeOf<Session>();
          }),
      );
    expect(bot).toBeDefined();
  });

  it('sees what a payload carries', () => {
    const buy: Payload<{ readonly sku: string }> = {
      name: 'BUY',
      write: ({ sku }) => `BUY:${sku}`,
      read: (payload) => ({ kind: 'read', data: { sku: payload.slice(4) } }),
    };
    const bot = createBot().payload(buy, (_turn, data) => {
      expectTypeOf(data).toEqualTypeOf<{ readonly sku: string }>();
    });
    expect(bot).toBeDefined();
  });

  it('of a flow sees answers, what is known so far, and at the end all of it', () => {
    interface Form {
      readonly day: string;
    }
    const form = createFlow<Form, Session>({
      name: 'form',
      steps: {
        day: {
          ask() {},
          answer(turn, data) {
            expectTypeOf(turn.event).toEqualTypeOf<AnswerEvent>();
            expectTypeOf(turn.session).toEqualTypeOf<Session>();
            expectTypeOf(data).toEqualTypeOf<Partial<Form>>();
            return next({ day: 'mai' });
          },
        },
      },
      done(_turn, data) {
        expectTypeOf(data).toEqualTypeOf<Form>();
      },
    });
    const only = { ask(): void {}, answer: () => next<Form>() };
    const plain = createFlow<Form>({ name: 'plain', steps: { only }, done() {} });
    expect(createBot<Session>({ session }).flow(form).flow(plain)).toBeDefined();
  });
});

describe('it does not compile', () => {
  it('to handle what there is not', () => {
    // @ts-expect-error No such event.
    const bot = createBot().on('telepathy', () => {});
    // @ts-expect-error A picture has no payload.
    bot.attachment((turn) => turn.event.payload);
    // @ts-expect-error A bot without sessions has nothing in them.
    bot.text((turn) => turn.session.cart);
    expect(bot).toBeDefined();
  });

  it('to put a flow into a bot whose sessions are others', () => {
    const only = { ask(): void {}, answer: () => next() };
    const flow = createFlow<object, Session>({ name: 'x', steps: { only }, done() {} });
    // @ts-expect-error The flow reads a cart that this bot has not.
    expect(createBot<{ readonly name: string }>().flow(flow)).toBeDefined();
  });
});
