import type { Clock } from '../clock.ts';
import { EMULATED_APP_ID, type WebhookEvent } from '../webhook/events.ts';
import type { Random } from '../random.ts';
import type { Store } from '../state/store.ts';
import { createConversationCalls } from './conversation-calls.ts';
import { createLabelCalls } from './label-calls.ts';
import { createMessageCalls } from './message-calls.ts';
import { createModerationCalls } from './moderation-calls.ts';
import { createPageCalls } from './page-calls.ts';
import { createPersonCalls } from './person-calls.ts';
import { createPersonaCalls } from './persona-calls.ts';
import { createProfileCalls } from './profile.ts';
import { createRates } from './rates.ts';
import type { Resource } from './resource.ts';
import type { Knowledge, Send } from './sends.ts';
import { createStickerCalls } from './sticker-calls.ts';
import { createSubscriptionCalls } from './subscription-calls.ts';
import { createThreadCalls } from './thread-calls.ts';
import type { Uploads } from './uploads.ts';
import { createUtilityTemplateCalls } from './utility-template-calls.ts';

interface ResourceOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly store: Store;
  readonly uploads: Uploads;
  readonly enforceRates: boolean;
  readonly origin: () => string;
  readonly perform: (send: Send) => string | undefined;
  readonly tell: (event: WebhookEvent) => void;
}

/** Everything that can be asked of the Graph API. */
export function createResources(options: ResourceOptions): readonly Resource[] {
  const { clock, origin, perform, random, store, tell, uploads } = options;
  const now = (): number => clock.now();
  const rates = options.enforceRates ? createRates() : undefined;
  const personas = createPersonaCalls(random);
  const templates = createUtilityTemplateCalls(random, tell);

  const obstacle: Knowledge['obstacle'] = (psid, pageId) => {
    const conversation = store.conversation(psid);
    if (conversation?.pageId !== pageId) return undefined;
    const { lastInboundAt, blocked } = conversation;
    if (blocked) return { lastInboundAt, because: 'blocked' };
    const owner = store.owner(psid);
    const isOurs = owner === undefined || owner === String(EMULATED_APP_ID);
    return isOurs ? { lastInboundAt } : { lastInboundAt, because: 'owned' };
  };

  return [
    createMessageCalls({
      uploads,
      perform,
      obstacle,
      knowsMessage: (psid, mid) => store.message(mid)?.psid === psid,
      personaName: (pageId, id) => personas.nameOf(pageId, id),
      hasTemplate: (pageId, name, language) => templates.has(pageId, name, language),
      now,
      rates,
    }),
    uploads,
    createProfileCalls({ store, rates, now }),
    createPersonCalls(store, origin),
    createConversationCalls(store, rates, now),
    createThreadCalls(store),
    createLabelCalls(store, random),
    personas,
    createModerationCalls(store),
    createStickerCalls(origin),
    createSubscriptionCalls(store),
    templates,
    createPageCalls(store),
  ];
}
