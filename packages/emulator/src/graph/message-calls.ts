import type { MediaType } from './attachments.ts';
import type { Resource } from './resource.ts';
import { createSends, type Knowledge, type Send } from './sends.ts';
import type { Uploads } from './uploads.ts';

interface MessageCallOptions extends Omit<Knowledge, 'attachmentType'> {
  readonly uploads: Uploads;
  /** Does what was asked; answers the new message's id for a message. */
  readonly perform: (send: Send) => string | undefined;
}

/** The Send API. */
export function createMessageCalls({ uploads, perform, ...options }: MessageCallOptions): Resource {
  const parseSend = createSends({
    ...options,
    attachmentType: (pageId, id) => uploads.typeOf(pageId, id),
  });
  return {
    calls: {
      'POST page/messages': ({ pageId, parameters }) => {
        const send = parseSend(parameters, pageId);
        const mid = perform(send);
        const saved = reusable(send);
        return {
          recipient_id: send.psid,
          message_id: mid,
          attachment_id: saved && uploads.add(pageId, saved.type, { url: saved.url }),
        };
      },
    },
  };
}

/** An attachment sent by its address with `is_reusable` is saved, and its id answered. */
function reusable(send: Send): { type: MediaType; url: string } | undefined {
  const attachment = send.kind === 'message' ? send.message.attachment : undefined;
  if (attachment === undefined || attachment.type === 'template') return undefined;
  const { is_reusable, url } = attachment.payload;
  return is_reusable === true && url !== undefined ? { type: attachment.type, url } : undefined;
}
