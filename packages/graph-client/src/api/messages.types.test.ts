import { expect, expectTypeOf, it } from 'vitest';

import type { GraphClient } from '../client.ts';
import type { GraphError } from '../errors.ts';
import type { BatchResult } from './batch.ts';
import type { Messages, OutgoingMessage, SenderAction, SentMessage, SentText } from './messages.ts';
import type { MessagingType, SendOptions } from './send-options.ts';

const to = '6912345678901234';
const message = { text: 'Xin chào' };

it('a message without a recipient or content does not compile', () => {
  const rightMessages: readonly OutgoingMessage[] = [{ to, message }];
  expect(rightMessages).toHaveLength(1);
  const wrongMessages: readonly OutgoingMessage[] = [
    // @ts-expect-error to nobody
    { message },
    // @ts-expect-error nothing
    { to },
    // @ts-expect-error ids are strings
    { to: 6912345678901234, message },
    // @ts-expect-error not a way to find a person
    { to: { phoneNumber: '+84901234567' }, message },
    // @ts-expect-error an unknown option
    { to, message, recipient: { id: to } },
  ];
  expect(wrongMessages).toHaveLength(5);
});

it('only the types that Meta still takes compile, and no tag', () => {
  expectTypeOf<MessagingType>().toEqualTypeOf<
    'RESPONSE' | 'UPDATE' | 'UTILITY' | 'HUMAN_AGENT' | 'CUSTOMER_FEEDBACK'
  >();
  const wrongOptions: readonly SendOptions[] = [
    // @ts-expect-error retired
    { to, messagingType: 'ACCOUNT_UPDATE' },
    // @ts-expect-error retired
    { to, messagingType: 'CONFIRMED_EVENT_UPDATE' },
    // @ts-expect-error retired
    { to, messagingType: 'POST_PURCHASE_UPDATE' },
    // @ts-expect-error follows from the tag
    { to, messagingType: 'MESSAGE_TAG' },
    // @ts-expect-error a tag is a messagingType here
    { to, tag: 'HUMAN_AGENT' },
  ];
  expect(wrongOptions).toHaveLength(5);
});

it('an option with another value does not compile', () => {
  const rightOptions: readonly SendOptions[] = [{ to, threadControl: { controlType: 'release' } }];
  expect(rightOptions).toHaveLength(1);
  const wrongOptions: readonly SendOptions[] = [
    // @ts-expect-error passed to nobody
    { to, threadControl: { controlType: 'pass' } },
    // @ts-expect-error not one of Meta's
    { to, notificationType: 'LOUD' },
  ];
  expect(wrongOptions).toHaveLength(2);
  const wrongActions: readonly SenderAction[] = [
    // @ts-expect-error has its own method
    { to, action: 'react' },
  ];
  expect(wrongActions).toHaveLength(1);
});

it('a sent message tells its mid, and a sent text those of all parts', () => {
  expectTypeOf<SentMessage>().toEqualTypeOf<{
    readonly recipientId: string | undefined;
    readonly messageId: string;
  }>();
  expectTypeOf<Messages['send']>().returns.resolves.toEqualTypeOf<SentMessage>();
  expectTypeOf<Messages['sendText']>().returns.resolves.toEqualTypeOf<SentText>();
  expectTypeOf<SentText>().toExtend<SentMessage>();
  expectTypeOf<SentText['messageIds']>().toEqualTypeOf<readonly string[]>();
  expectTypeOf<Messages['senderAction']>().returns.resolves.toBeVoid();
});

it('any other call answers unknown, or what its parser makes of it', () => {
  const call = (graph: GraphClient): Promise<unknown> => graph.call({ method: 'GET', path: 'me' });
  const parsed = (graph: GraphClient): Promise<number> =>
    graph.call({ method: 'GET', path: 'me', parse: (answer: unknown) => Number(answer) });
  expectTypeOf(call).returns.resolves.toBeUnknown();
  expectTypeOf(parsed).returns.resolves.toBeNumber();
  // @ts-expect-error without a parser nobody knows the form
  const blind = (graph: GraphClient): Promise<number> => graph.call({ method: 'GET', path: 'me' });
  expectTypeOf(blind).toBeFunction();
  expectTypeOf<Parameters<GraphClient['call']>[0]>().not.toBeAny();
});

it('a part of a batch is a value or an error, never both', () => {
  expectTypeOf<Extract<BatchResult, { ok: true }>>().toEqualTypeOf<{
    readonly ok: true;
    readonly value: unknown;
  }>();
  expectTypeOf<Extract<BatchResult, { ok: false }>>().toEqualTypeOf<{
    readonly ok: false;
    readonly error: GraphError;
  }>();
});
