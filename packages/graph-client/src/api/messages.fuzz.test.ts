import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { createGraphClient } from '../client.ts';
import { RequestError } from '../errors.ts';
import { createFakeTransport } from '../testing/index.ts';
import type { OutgoingMessage } from './messages.ts';

const anything = fc.anything({
  maxDepth: 2,
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSparseArray: true,
});

/** Mostly what it should be. */
const or = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 30, arbitrary }, { weight: 1, arbitrary: anything });

type Shape = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** An object with these fields, some of the others, and any of them may hold anything. */
const near = (required: Shape, optional: Shape = {}): fc.Arbitrary<unknown> => {
  const fields = Object.entries({ ...required, ...optional }).map(
    ([name, value]) => [name, or(value)] as const,
  );
  return or(fc.record(Object.fromEntries(fields), { requiredKeys: Object.keys(required) }));
};

const listOf = (item: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  or(fc.array(item, { minLength: 1, maxLength: 3 }));

const url = fc.constantFrom('https://example.com/ao.png', 'https://www.facebook.com/a/1');
const text = fc.oneof(fc.constantFrom('Áo dài', 'hi'), fc.string({ unit: 'binary', minLength: 1 }));
const id = fc.constantFrom('7', '6912345678901234');
const is = (type: string): Shape => ({ type: fc.constant(type) });

const button = fc.oneof(
  near({ ...is('web_url'), title: text, url }, { fallbackUrl: url }),
  near({ ...is('postback'), title: text, payload: text }),
  near(is('account_unlink')),
);
const template = fc.oneof(
  near({ ...is('button'), text, buttons: listOf(button) }),
  near({
    ...is('generic'),
    elements: listOf(near({ title: text, subtitle: text, buttons: listOf(button) })),
  }),
  near({
    ...is('media'),
    elements: fc.tuple(near({ mediaType: fc.constant('image'), attachmentId: id })),
  }),
  near({ ...is('coupon'), title: text, couponUrl: url }, { couponCode: text }),
  near({ ...is('product'), elements: listOf(near({ id })) }),
  near({ type: text }),
);
const component = near({ ...is('body'), parameters: listOf(near({ ...is('text'), text })) });
const content = {
  text,
  attachment: near({ type: fc.constantFrom('image', 'audio'), url }, { isReusable: fc.boolean() }),
  images: listOf(fc.oneof(near({ url }), near({ attachmentId: id }))),
  stickerId: id,
  template,
  utility: near(
    { name: fc.constant('da_gui'), language: fc.constant('vi') },
    { components: listOf(component) },
  ),
};
const quickReplies = listOf(near({ title: text, payload: text }, { imageUrl: url }));
const message = fc.oneof(
  ...Object.entries(content).map(([kind, value]) => near({ [kind]: value })),
  near({ text }, { quickReplies }),
  near({}, content),
);
const to = fc.oneof(id, near({ commentId: id }), near({ userRef: text }));
const options = {
  messagingType: fc.constantFrom('RESPONSE', 'UPDATE', 'UTILITY', 'HUMAN_AGENT'),
  metadata: text,
  replyTo: text,
  personaId: id,
  notificationType: fc.constantFrom('REGULAR', 'NO_PUSH'),
  threadControl: near({ controlType: fc.constantFrom('pass', 'release') }, { appId: id }),
  signal: fc.constant(new AbortController().signal),
};
const outgoing = fc.oneof(
  { weight: 4, arbitrary: fc.record({ to, message: or(message) }) },
  { weight: 2, arbitrary: near({ to, message }, options) },
  { weight: 1, arbitrary: near({}, { to, message, tag: text, constructor: text }) },
);

it('whatever code without types sends is sent, or refused unsent with an error of ours', async () => {
  const ends = { fulfilled: 0, rejected: 0 };
  const anyMessage = fc.asyncProperty(outgoing, async (whole) => {
    const transport = createFakeTransport();
    const { messages } = createGraphClient({ accessToken: 'token', transport, pipeline: [] });
    // A value that is no object has no fields to take apart: that is a fault of the language's.
    const [end] = await Promise.allSettled([messages.send(Object(whole) as OutgoingMessage)]);
    ends[end.status] += 1;
    const refusal: unknown = end.status === 'rejected' ? end.reason : undefined;
    expect(refusal === undefined || refusal instanceof RequestError).toBe(true);
    expect(transport.requests).toHaveLength(refusal === undefined ? 1 : 0);
  });
  await expect(fc.assert(anyMessage, { numRuns: 1_000 })).resolves.toBeUndefined();
  // Neither end is all there is.
  expect(Math.min(ends.fulfilled, ends.rejected)).toBeGreaterThan(50);
});
