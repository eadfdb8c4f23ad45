import type { MediaType } from './attachments.ts';
import type { OutgoingMessage } from './message.ts';
import type { TemplatePayload } from './templates.ts';

/** What a message of the Page is, when it is more than text. */
export type MessageContent =
  | {
      readonly kind: 'template';
      readonly templateType: TemplatePayload['template_type'] | 'utility';
      /** Its titles and texts, in one line. */
      readonly summary: string;
    }
  | {
      readonly kind: MediaType | 'sticker';
      /** Its address or id; those of several images in one line. */
      readonly summary: string;
    };

export function contentOf(message: OutgoingMessage): MessageContent | undefined {
  const { attachment, sticker_id: sticker, template } = message;
  if (sticker !== undefined) return { kind: 'sticker', summary: String(sticker) };
  if (template !== undefined) return templateContent('utility', template);
  if (attachment?.type === 'template') {
    return templateContent(attachment.payload.template_type, attachment.payload);
  }
  const media = attachment === undefined ? (message.attachments ?? []) : [attachment];
  const [first] = media;
  if (first === undefined) return undefined;
  const sources = media.map(({ payload }) => payload.url ?? payload.attachment_id);
  return { kind: first.type, summary: sources.join(' · ') };
}

function templateContent(
  templateType: TemplatePayload['template_type'] | 'utility',
  template: object,
): MessageContent {
  return { kind: 'template', templateType, summary: wordsOf(template).join(' · ') };
}

const telling = /^(text|title|subtitle|name|id|order_number|coupon_code)$/;

function wordsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) => {
    if (key === 'buttons') return [];
    return typeof part === 'string' && telling.test(key) ? [part] : wordsOf(part);
  });
}
