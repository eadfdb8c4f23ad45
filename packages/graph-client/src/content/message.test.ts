import { describe, expect, it } from 'vitest';

import { toGraphMessage } from './message.ts';
import type { MessageContent } from './message.ts';

const url = 'https://example.com/ao-dai.png';

const examples: readonly (readonly [what: string, content: MessageContent, message: object])[] = [
  ['a text', { text: 'Bạn muốn mua gì?' }, { text: 'Bạn muốn mua gì?' }],
  ...(['image', 'audio', 'video', 'file'] as const).map(
    (type): [string, MessageContent, object] => [
      `${type} by its address`,
      { attachment: { type, url } },
      { attachment: { type, payload: { url } } },
    ],
  ),
  [
    'a file that Meta is to keep',
    { attachment: { type: 'file', url, isReusable: true } },
    { attachment: { type: 'file', payload: { url, is_reusable: true } } },
  ],
  [
    'a file that Meta has',
    { attachment: { type: 'video', attachmentId: '1745504518999123' } },
    { attachment: { type: 'video', payload: { attachment_id: '1745504518999123' } } },
  ],
  [
    'several pictures',
    { images: [{ url }, { attachmentId: '17' }] },
    {
      attachments: [
        { type: 'image', payload: { url } },
        { type: 'image', payload: { attachment_id: '17' } },
      ],
    },
  ],
  [
    'a text with quick replies',
    { text: 'Chọn', quickReplies: [{ title: 'Áo', payload: 'SHIRT' }, { type: 'user_email' }] },
    {
      text: 'Chọn',
      quick_replies: [
        { content_type: 'text', title: 'Áo', payload: 'SHIRT' },
        { content_type: 'user_email' },
      ],
    },
  ],
  ['a sticker', { stickerId: '369239263222822' }, { sticker_id: '369239263222822' }],
  [
    'a utility message without places',
    { utility: { name: 'dang_giao', language: 'en_US' } },
    { template: { name: 'dang_giao', language: { code: 'en_US' } } },
  ],
  [
    'a utility message',
    {
      utility: {
        name: 'don_hang_da_gui',
        language: 'vi',
        components: [
          { type: 'header', parameters: [{ type: 'text', text: 'Áo dài' }] },
          {
            type: 'body',
            parameters: [{ type: 'text', text: 'DH-12', parameterName: 'order_code' }],
          },
          {
            type: 'buttons',
            parameters: [
              { type: 'POSTBACK', payload: 'TRACK' },
              { type: 'URL', url: 'DH-12' },
            ],
          },
        ],
      },
    },
    {
      template: {
        name: 'don_hang_da_gui',
        language: { code: 'vi' },
        components: [
          { type: 'header', parameters: [{ type: 'text', text: 'Áo dài' }] },
          {
            type: 'body',
            parameters: [{ type: 'text', text: 'DH-12', parameter_name: 'order_code' }],
          },
          {
            type: 'buttons',
            parameters: [
              { type: 'POSTBACK', payload: 'TRACK' },
              { type: 'URL', url: 'DH-12' },
            ],
          },
        ],
      },
    },
  ],
];

describe('a message', () => {
  it.each(examples)('of %s is what the Send API takes', (_what, content, message) => {
    expect(toGraphMessage(content)).toStrictEqual(message);
  });

  it.each(examples)('of %s takes nothing unknown, wherever it stands', (_what, content) => {
    for (const place of objectsIn(content).keys()) {
      const copy = structuredClone(content);
      Reflect.set(objectsIn(copy)[place] ?? {}, 'colour', 'đỏ');
      expect(() => toGraphMessage(copy)).toThrow(/not (?:have )?colour/);
    }
  });

  it('is not changed by what is undefined', () => {
    expect(toGraphMessage({ text: 'Hi', quickReplies: undefined })).toStrictEqual({ text: 'Hi' });
  });
});

/** Every object in a value, itself the first. */
function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inner : [value, ...inner];
}

describe('quick replies', () => {
  const quickReplies = [
    { title: 'Áo', payload: 'SHIRT' },
    { type: 'text', title: 'Quần', payload: 'TROUSERS', imageUrl: url },
    { type: 'user_phone_number' },
    { type: 'user_email', payload: 'MAIL' },
  ] as const;
  const expected = [
    { content_type: 'text', title: 'Áo', payload: 'SHIRT' },
    { content_type: 'text', title: 'Quần', payload: 'TROUSERS', image_url: url },
    { content_type: 'user_phone_number' },
    { content_type: 'user_email', payload: 'MAIL' },
  ];

  it.each([
    ['a text', { text: 'Chọn đi' }],
    ['an attachment', { attachment: { type: 'image', url } }],
    ['pictures', { images: [{ url }] }],
    ['a template', { template: { type: 'product', elements: [{ id: '7' }] } }],
  ] as const)('ride on %s', (_what, content) => {
    expect(toGraphMessage({ ...content, quickReplies })).toStrictEqual({
      ...toGraphMessage(content),
      quick_replies: expected,
    });
  });

  it.each([{ stickerId: '7' }, { utility: { name: 'da_gui', language: 'vi' } }])(
    'do not ride on %j',
    (content) => {
      const both: unknown = { ...content, quickReplies };
      expect(() => toGraphMessage(both as MessageContent)).toThrow(
        'message.quickReplies cannot ride',
      );
    },
  );
});

/** What code without types may hand in. */
const untyped = (content: unknown): MessageContent => content as MessageContent;

it('the error of a message of no kind, or of two, says what is wrong', () => {
  expect(() => toGraphMessage(untyped({}))).toThrow('text, attachment, images, stickerId');
  expect(() => toGraphMessage(untyped({}))).toThrow('none is there');
  expect(() => toGraphMessage(untyped({ text: 'hi', image: url }))).toThrow('not image as well');
});

it.each([
  ['nothing', undefined],
  ['null', null],
  ['a text without its key', 'xin chào'],
  ['a number', 7],
  ['a list', [{ text: 'xin chào' }]],
  ['an empty object', {}],
  ['quick replies alone', { quickReplies: [{ title: 'xin chào', payload: 'x' }] }],
  ['two kinds', { text: 'xin chào', stickerId: '369239263222822' }],
  ['a kind and something unknown', { text: 'xin chào', image: url }],
  ['the old name of an attachment', { attachments: [{ type: 'image', payload: { url } }] }],
])('%s is no message', (_what, content) => {
  const build = (): unknown => toGraphMessage(untyped(content));
  expect(build).toThrow(expect.objectContaining({ name: 'RequestError [message]' }));
  expect(build).not.toThrow('xin chào');
});
