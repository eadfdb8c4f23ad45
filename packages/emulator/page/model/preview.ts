import type { MessageContent } from '../../src/graph/content.ts';
import type { ChatMessage } from '../../src/state/state.ts';
import type { TextName, Words } from '../words/words.ts';

/** The name of the text that says what the Page sent besides text. */
export function contentName(content: MessageContent): TextName {
  return content.kind === 'template'
    ? `content-${content.templateType}`
    : `content-${content.kind}`;
}

/** What the Get Started button says to the server, in every language. */
export const GET_STARTED = 'Get Started';

/** What was written or tapped; a tap on Get Started says so in the language of the page. */
export function textOf({ text, tap }: ChatMessage, words: Words): string | undefined {
  return tap !== undefined && text === GET_STARTED ? words.text('getStarted') : text;
}

/** What a message says, in one line: for the list of people, and for a quote. */
export function previewOf(message: ChatMessage, words: Words): string {
  const { attachment, content } = message;
  const text = textOf(message, words);
  if (text !== undefined) return text;
  if (attachment !== undefined) return words.text(`attachment-${attachment}`);
  if (content === undefined) return '';
  const name = words.text(contentName(content));
  const tells = content.kind === 'template' && content.templateType === 'button';
  return tells && content.summary !== '' ? content.summary : name;
}
