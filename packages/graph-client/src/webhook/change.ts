import { createNaming } from './event-id.ts';
import type { WebhookEvent } from './events.ts';
import { isObject, readField } from './fields.ts';
import type { JsonObject } from './fields.ts';
import type { Reader } from './item.ts';
import { readLabel } from './label.ts';
import { readTemplateStatus } from './template-status.ts';
import type { Envelope } from './unsupported.ts';

const readers: ReadonlyMap<unknown, Reader<WebhookEvent, undefined>> = new Map<
  string,
  Reader<WebhookEvent, undefined>
>([
  ['inbox_labels', readLabel],
  ['message_template_status_update', readTemplateStatus],
  // As the list of events misnames it.
  ['messenger_template_status_update', readTemplateStatus],
]);

/** One event out of `changes`, unless it is of a field that we do not know. */
export function readChange(json: JsonObject, envelope: Envelope): WebhookEvent | undefined {
  const value = readField(json, 'value');
  const read = readers.get(readField(json, 'field'));
  if (read === undefined || !isObject(value) || envelope.pageId === '0') {
    return undefined;
  }
  const { platform, pageId, channel, time } = envelope;
  return read(value, {
    json,
    origin: { platform, pageId, psid: undefined, timestamp: time, channel },
    // A change has no time of its own: without the entry's, a label that is given, taken and given
    // again would be two events.
    naming: createNaming(envelope, { ...json, time }),
  });
}
