import { z } from 'zod';

import { RequestError } from '../errors.ts';
import { toGraphJson } from '../graph-json.ts';
import { check } from '../check.ts';
import { MAX_TEXT_LENGTH, id, text } from '../limits.ts';
import { media, mediaSource, toGraphAttachment } from './media.ts';
import type { Media, MediaSource } from './media.ts';
import { quickReplies, toGraphQuickReply } from './quick-replies.ts';
import type { QuickReply } from './quick-replies.ts';
import { templateSchema, toGraphTemplate } from './templates.ts';
import type { Template } from './templates.ts';
import { toGraphUtility, utilityMessage } from './utility-message.ts';
import type { UtilityMessage } from './utility-message.ts';

/** Answers to tap, under any kind of message. At most 13. */
interface WithQuickReplies {
  readonly quickReplies?: readonly QuickReply[] | undefined;
}

/** A text of 1 to 2000 characters; `splitMessage` cuts a longer one. */
export interface TextContent extends WithQuickReplies {
  readonly text: string;
}

/** One picture, sound, video or file. */
export interface MediaContent extends WithQuickReplies {
  readonly attachment: Media;
}

/** Several pictures in one bubble. How many Meta takes is not known; this package takes 30. */
export interface ImagesContent extends WithQuickReplies {
  readonly images: readonly MediaSource[];
}

/** A sticker of Messenger's; 369239263222822 is the thumb up. */
export interface StickerContent {
  readonly stickerId: string;
}

/** A structured message. */
export interface TemplateContent extends WithQuickReplies {
  readonly template: Template;
}

/** A message made of an approved template; sent as `UTILITY`. */
export interface UtilityContent {
  readonly utility: UtilityMessage;
}

/**
 * What one message says: exactly one of `text`, `attachment`, `images`, `stickerId`, `template`
 * and `utility`.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/reference/send-api
 */
export type MessageContent =
  | OneKind<TextContent>
  | OneKind<MediaContent>
  | OneKind<ImagesContent>
  | OneKind<StickerContent>
  | OneKind<TemplateContent>
  | OneKind<UtilityContent>;

/** Nothing that another kind of message has. */
export type OneKind<Content> = Content & {
  readonly [Other in Exclude<MessageKind | 'quickReplies', keyof Content>]?: undefined;
};

const textContent = text(MAX_TEXT_LENGTH);
const images = z.array(mediaSource).min(1).max(30);

/** The key that says what a message is. */
export type MessageKind = 'text' | 'attachment' | 'images' | 'stickerId' | 'template' | 'utility';

/** By the key that says what the message is: its rule, and its place in Graph's message. */
const kinds: Readonly<Record<MessageKind, (value: unknown, name: string) => object>> = {
  text: (value, name) => ({ text: check(name, textContent, value) }),
  attachment: (value, name) => ({ attachment: toGraphAttachment(check(name, media, value)) }),
  images: (value, name) => ({
    attachments: check(name, images, value).map((source) =>
      toGraphAttachment({ type: 'image', ...source }),
    ),
  }),
  stickerId: (value, name) => ({ stickerId: check(name, id, value) }),
  template: (value, name) => ({
    attachment: toGraphTemplate(check(name, templateSchema(typeOf(value)), value)),
  }),
  utility: (value, name) => ({ template: toGraphUtility(check(name, utilityMessage, value)) }),
};

/** Which of the kinds a message is. */
function contentKind(content: MessageContent): MessageKind | undefined {
  return (Object.keys(kinds) as MessageKind[]).find(
    (key) => Reflect.get(content, key) !== undefined,
  );
}

/**
 * The `message` of Meta's Send API, checked against its limits.
 *
 * @example
 * toGraphMessage({ attachment: { type: 'image', url: 'https://example.com/a.png' } });
 * // { attachment: { type: 'image', payload: { url: 'https://example.com/a.png' } } }
 *
 * @throws RequestError that names the first field that breaks a rule, such as
 *   `message.template.elements[0].title`.
 */
export function toGraphMessage(content: MessageContent): Readonly<Record<string, unknown>> {
  if (typeof content !== 'object' || content === null) {
    throw new RequestError('message', 'must be an object.');
  }
  const kind = contentKind(content);
  const { quickReplies: replies, ...rest }: Partial<Record<string, unknown>> = { ...content };
  const others = Object.keys(rest).filter((key) => key !== kind && rest[key] !== undefined);
  if (kind === undefined || others.length > 0) {
    const found = others.length > 0 ? `not ${others.join(', ')} as well` : 'none is there';
    throw new RequestError('message', `must be one of ${Object.keys(kinds).join(', ')}: ${found}.`);
  }
  const message = kinds[kind](rest[kind], `message.${kind}`);
  if (replies === undefined) {
    return toGraphJson(message) as Readonly<Record<string, unknown>>;
  }
  if (kind === 'stickerId' || kind === 'utility') {
    throw new RequestError('message.quickReplies', `cannot ride on ${kind}.`);
  }
  const checked = check('message.quickReplies', quickReplies, replies);
  return toGraphJson({ ...message, quickReplies: checked.map(toGraphQuickReply) }) as Readonly<
    Record<string, unknown>
  >;
}

function typeOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, 'type') : undefined;
}
