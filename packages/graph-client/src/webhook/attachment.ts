import { present, readField, readId, readNumber, readObjects, readString } from './fields.ts';
import type { JsonObject } from './fields.ts';

/**
 * A picture, voice message, sticker, place, shared post or file.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messages
 */
export interface Attachment {
  /**
   * `image`, `audio`, `video`, `file`, `sticker`, `location`, `reel`, `ig_reel`, `post`, `ig_post`,
   * `template` (a product), `fallback` (a link), on Instagram also `share`, `story_mention` and
   * `ephemeral` (a picture that vanishes, and has no address), or one to come.
   */
  readonly type: string;
  /** Never fetched here; it expires. */
  readonly url?: string;
  readonly title?: string;
  /** Of media that the Page has uploaded. */
  readonly attachmentId?: string;
  readonly stickerId?: string;
  /** Degrees. */
  readonly coordinates?: { readonly lat: number; readonly long: number };
}

/** The `attachments` of a message; `undefined` rather than none. */
export function readAttachments(message: JsonObject): readonly Attachment[] | undefined {
  const list = readObjects(message, 'attachments');
  return list.length === 0 ? undefined : list.map(toAttachment);
}

function toAttachment(attachment: JsonObject): Attachment {
  const payload = readField(attachment, 'payload');
  return {
    type: readString(attachment, 'type') ?? 'unknown',
    ...present({
      // A fallback carries its address and title beside an empty payload.
      url: readString(payload, 'url') ?? readString(attachment, 'url'),
      title: readString(payload, 'title') ?? readString(attachment, 'title'),
      attachmentId: readId(payload, 'attachment_id'),
      stickerId: readId(payload, 'sticker_id'),
      coordinates: readCoordinates(payload),
    }),
  };
}

function readCoordinates(payload: unknown): Attachment['coordinates'] {
  const place = readField(payload, 'coordinates');
  const lat = readNumber(place, 'lat');
  const long = readNumber(place, 'long');
  return lat === undefined || long === undefined ? undefined : { lat, long };
}
