import type { Attachment } from '@bot/graph-client/webhook';

/** A picture, for `person.sends(image())`. */
export function image(url = 'https://example.com/picture.jpg'): Attachment {
  return { type: 'image', url };
}

/** A voice message. */
export function voice(url = 'https://example.com/voice.mp4'): Attachment {
  return { type: 'audio', url };
}

/** A file. */
export function file(url = 'https://example.com/file.pdf'): Attachment {
  return { type: 'file', url };
}

/** The thumb up, or another sticker. */
export function sticker(stickerId = '369239263222822'): Attachment {
  return { type: 'sticker', stickerId };
}

/** A place, in degrees. Default: Hồ Hoàn Kiếm. */
export function location(lat = 21.0285, long = 105.8522): Attachment {
  return { type: 'location', coordinates: { lat, long } };
}
