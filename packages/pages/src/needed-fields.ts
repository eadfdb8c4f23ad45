/**
 * The webhook fields without which the bot would miss something it handles: what people say and do,
 * and who answers them. A Page may send more.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/webhooks#events
 */
export const neededFields: readonly string[] = [
  'messages',
  'messaging_postbacks',
  'message_echoes',
  'message_edits',
  'message_reactions',
  'messaging_referrals',
  'messaging_optins',
  'messaging_account_linking',
  'messaging_customer_information',
  'messaging_feedback',
  'messaging_handovers',
  'standby',
  'messaging_policy_enforcement',
];
