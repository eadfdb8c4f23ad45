import { expect, expectTypeOf, it } from 'vitest';

import { toGraphMessage } from './message.ts';
import type { MessageContent } from './message.ts';
import type { QuickReply } from './quick-replies.ts';
import { splitMessage } from './split-message.ts';
import type { Template } from './templates.ts';

const url = 'https://example.com/ao.png';
const title = 'Áo dài';
const media = { mediaType: 'image', attachmentId: '7' } as const;
const button = { type: 'postback', title: 'Mua', payload: 'BUY' } as const;

it('one kind of content compiles', () => {
  const rightContents: readonly MessageContent[] = [
    { text: 'Xin chào' },
    { attachment: { type: 'image', url } },
    { attachment: { type: 'file', attachmentId: '7', isReusable: true } },
    { images: [{ url }, { attachmentId: '7' }], quickReplies: [] },
    { stickerId: '369239263222822' },
    { utility: { name: 'da_gui', language: 'vi' } },
    { template: { type: 'button', text: 'Chọn', buttons: [button] } },
  ];
  expect(rightContents).toHaveLength(7);
});

it('no content, an unknown one, or a half one does not', () => {
  const wrongContents: readonly MessageContent[] = [
    // @ts-expect-error nothing is said
    {},
    // @ts-expect-error quick replies ride on something
    { quickReplies: [] },
    // @ts-expect-error not a kind
    { image: url },
    // @ts-expect-error two kinds at once
    { text: 'Xin chào', stickerId: '7' },
    // @ts-expect-error quick replies do not ride on a sticker
    { stickerId: '7', quickReplies: [] },
    // @ts-expect-error the text's own key is missing
    'Xin chào',
    // @ts-expect-error neither url nor attachmentId
    { attachment: { type: 'image' } },
    // @ts-expect-error not a type of file
    { attachment: { type: 'sticker', url } },
    // @ts-expect-error ids are strings
    { stickerId: 7 },
    // @ts-expect-error the language is missing
    { utility: { name: 'da_gui' } },
  ];
  expect(wrongContents).toHaveLength(10);
});

it('a template of an unknown type, or without what it needs, does not compile', () => {
  const rightTemplates: readonly Template[] = [
    { type: 'generic', elements: [{ title, imageUrl: url }] },
  ];
  expect(rightTemplates).toHaveLength(1);
  const wrongTemplates: readonly Template[] = [
    // @ts-expect-error gone from Messenger
    { type: 'list', elements: [{ title }] },
    // @ts-expect-error gone from Messenger
    { type: 'airline_itinerary' },
    // @ts-expect-error without a type
    { text: 'Chọn', buttons: [button] },
    // @ts-expect-error without buttons
    { type: 'button', text: 'Chọn' },
    // @ts-expect-error elements are of another template
    { type: 'button', text: 'Chọn', buttons: [button], elements: [] },
    // @ts-expect-error without a title
    { type: 'generic', elements: [{ imageUrl: url }] },
    // @ts-expect-error named as Graph names it
    { type: 'generic', elements: [{ title, image_url: url }] },
    // @ts-expect-error two elements
    { type: 'media', elements: [media, media] },
    // @ts-expect-error neither attachmentId nor url
    { type: 'media', elements: [{ mediaType: 'image' }] },
    // @ts-expect-error without an element
    { type: 'image_grid', elements: [] },
    // @ts-expect-error a product is named by its id
    { type: 'product', elements: ['7'] },
  ];
  expect(wrongTemplates).toHaveLength(11);
});

it('a button or quick reply without what it needs does not compile', () => {
  const rightQuickReplies: readonly QuickReply[] = [
    { title, payload: 'SHIRT' },
    { type: 'user_email' },
  ];
  expect(rightQuickReplies).toHaveLength(2);
  const wrongQuickReplies: readonly QuickReply[] = [
    // @ts-expect-error without a payload
    { title },
    // @ts-expect-error without a title
    { payload: 'SHIRT' },
    // @ts-expect-error no longer offered by Meta
    { type: 'location' },
  ];
  expect(wrongQuickReplies).toHaveLength(3);
  const wrongTemplates: readonly Template[] = [
    // @ts-expect-error a postback needs a payload
    { type: 'button', text: 'Chọn', buttons: [{ type: 'postback', title }] },
    // @ts-expect-error a page needs its address
    { type: 'button', text: 'Chọn', buttons: [{ type: 'web_url', title }] },
    // @ts-expect-error not a button
    { type: 'button', text: 'Chọn', buttons: [{ type: 'element_share' }] },
  ];
  expect(wrongTemplates).toHaveLength(3);
});

it('what is made of content has its type', () => {
  expectTypeOf(toGraphMessage).returns.toEqualTypeOf<Readonly<Record<string, unknown>>>();
  expectTypeOf(splitMessage).returns.items.toExtend<MessageContent>();
  // @ts-expect-error only texts are split
  expectTypeOf(splitMessage).toBeCallableWith({ stickerId: '7' });
});
