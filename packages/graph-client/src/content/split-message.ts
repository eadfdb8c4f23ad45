import type { TextContent } from './message.ts';
import { splitText } from './split-text.ts';

/**
 * A long text as messages that the Send API takes, in order and whole; quick replies ride on the
 * last, since Messenger takes them away with the next message.
 *
 * @example
 * for (const message of splitMessage({ text: story, quickReplies: [{ title: 'Tiếp', payload: 'NEXT' }] })) {
 *   await graph.messages.send({ to: psid, message });
 * }
 */
export function splitMessage({ text, ...rest }: TextContent): TextContent[] {
  const parts = splitText(text);
  const last = parts.pop() ?? text;
  return [...parts.map((part) => ({ text: part })), { text: last, ...rest }];
}
