import type { MessageContent, Template } from '@bot/graph-client/builders';

/** Something on the screen that can be tapped. */
export interface Choice {
  readonly title: string;
  readonly payload: string;
}

/** A message as a person sees it, in plain text: what can be tapped stands in brackets. */
export function messageAsText(message: MessageContent): string {
  const replies = message.quickReplies ?? [];
  const chips = replies.map((reply) => `[${'title' in reply ? reply.title : reply.type}]`);
  return [bodyOf(message), chips.join(' ')].filter((line) => line !== '').join('\n');
}

function bodyOf(message: MessageContent): string {
  const { text, attachment, images, stickerId, template, utility } = message;
  if (text !== undefined) return text;
  if (template !== undefined) return templateAsText(template);
  if (attachment !== undefined) return `<${attachment.type} ${sourceOf(attachment)}>`;
  if (images !== undefined) return images.map((each) => `<image ${sourceOf(each)}>`).join(' ');
  return stickerId === undefined ? `<utility ${utility?.name}>` : `<sticker ${stickerId}>`;
}

const sourceOf = (source: object): string =>
  'url' in source
    ? String(source.url)
    : `attachment ${String(Reflect.get(source, 'attachmentId'))}`;

function templateAsText(template: Template): string {
  if (template.type === 'button') return [template.text, titlesOf(template.buttons)].join('\n');
  if (template.type === 'generic') {
    return template.elements
      .map(({ title, subtitle, buttons }) =>
        [`* ${title}`, subtitle, titlesOf(buttons)].filter(Boolean).join(' | '),
      )
      .join('\n');
  }
  if (template.type === 'receipt') {
    const items = (template.elements ?? []).map(
      ({ title, quantity, price }) => `* ${title} | ${quantity ?? 1} | ${price}`,
    );
    const { totalCost } = template.summary;
    return [
      `<receipt ${template.orderNumber}>`,
      ...items,
      `= ${totalCost} ${template.currency}`,
    ].join('\n');
  }
  return `<${template.type}>`;
}

function titlesOf(buttons: readonly object[] | undefined): string {
  return (buttons ?? [])
    .map(
      (button) =>
        `[${'title' in button ? String(button.title) : String(Reflect.get(button, 'type'))}]`,
    )
    .join(' ');
}

/** The quick replies under a message. */
export function chipsOf({ quickReplies = [] }: MessageContent): Choice[] {
  return quickReplies.flatMap((reply) =>
    'title' in reply ? [{ title: reply.title, payload: reply.payload }] : [],
  );
}

/** The postback buttons of a message, wherever in it they are. */
export function buttonsOf(part: unknown): Choice[] {
  if (typeof part !== 'object' || part === null) return [];
  const { type, title, payload } = part as Partial<Record<string, unknown>>;
  if (type === 'postback' && typeof title === 'string' && typeof payload === 'string') {
    return [{ title, payload }];
  }
  return Object.values(part).flatMap(buttonsOf);
}
