/**
 * The webhook fields without which the bot would miss what people say, what it said itself, or that a
 * human has taken over. A Page may send more.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/webhooks#events
 */
export const neededFields: readonly string[] = [
  'messages',
  'messaging_postbacks',
  'message_echoes',
  'messaging_handovers',
];
