import type { WebhookEvent } from '@bot/graph-client/webhook';
import type { Bot, Sender } from '@bot/handlers';
import type { Handle } from '@bot/queue';

/** Runs the bot for an event from the queue, its replies sent by `sender`. */
export function createTurns(bot: Bot, sender: Sender): Handle {
  // What stands in a lane was put there by the webhook, which parsed it into this type.
  return ({ data }, { step, signal }) => bot.handle(data as WebhookEvent, { step, signal, sender });
}
