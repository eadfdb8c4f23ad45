import type { EchoEvent, ThreadControlEvent } from '@bot/graph-client/webhook';
import type { BotEvent } from './event.ts';

/** The Page's own inbox, in which humans answer. */
export const INBOX_APP_ID = '263902037430900';
/** CONFLICT: one page of Meta's writes it with a 0 less. */
const INBOX_APP_IDS: ReadonlySet<string> = new Set([INBOX_APP_ID, '26390203743090']);

/** When the bot falls silent, and when it comes back. */
export interface TakeoverOptions {
  /** The bot's own Facebook app, to tell its echoes from those of others. Default: learned from them. */
  readonly appId?: string;
  /** Time after a human's last message until the bot answers again. Default 30 minutes. */
  readonly afterHumanMs?: number;
  /** Time after another app's last message until the bot answers again. Default 0: it never falls silent for it. */
  readonly afterAppMs?: number;
  /** An act of the person's that brings the bot back at once, such as a tap on "Talk to the bot". */
  readonly endsWith?: (event: BotEvent) => boolean;
}

/** Meta lets control go by itself after so long. */
const IDLE_MS = 24 * 60 * 60 * 1_000;

/** Tells from the events of a conversation who answers it. */
export interface TakeoverRule {
  /** Whether a human answers by this event, or else an app. */
  by(event: BotEvent): 'human' | 'app';
  /** Whether a notice may change who answers; most only tell of the bot's own messages. */
  concerns(event: BotEvent): boolean;
  /**
   * Until when somebody else does after this event, in milliseconds since 1970, if anybody does.
   *
   * @param until As it was before the event.
   */
  after(until: number | undefined, event: BotEvent, now: number): number | undefined;
}

/**
 * The bot is silent while another app or a human has the thread (thread control), and for a while
 * after a human wrote (echoes): in Meta's default routing every app may answer, and only the echo
 * shows that a human did.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/conversation-routing
 */
export function createTakeoverRule({
  appId,
  afterHumanMs = 30 * 60 * 1_000,
  afterAppMs = 0,
  endsWith = () => false,
}: TakeoverOptions = {}): TakeoverRule {
  let ownAppId = appId;

  function isOwn(echo: EchoEvent): boolean {
    const isStep = echo.metadata !== undefined && STEP_ID.test(echo.metadata);
    if (isStep) ownAppId ??= echo.appId;
    return isStep || (echo.appId !== undefined && echo.appId === ownAppId);
  }

  function afterEcho(until: number | undefined, echo: EchoEvent, at: number): number | undefined {
    if (isOwn(echo)) return until;
    const isHuman = echo.appId === undefined || isInbox(echo.appId);
    // Who has the thread by Meta's word keeps it for longer.
    return Math.max(until ?? 0, at + (isHuman ? afterHumanMs : afterAppMs));
  }

  function afterControl(
    until: number | undefined,
    { action, newOwnerAppId: owner }: ThreadControlEvent,
    at: number,
  ): number | undefined {
    if (action === 'request') return until;
    return isOurs(action, owner) ? undefined : at + IDLE_MS;
  }

  function isOurs(action: 'pass' | 'take', owner: string | undefined): boolean {
    if (owner !== undefined && ownAppId !== undefined) return owner === ownAppId;
    // Meta tells of a pass whoever gets the thread, and of a take whoever loses it.
    return action === 'pass' && !isInbox(owner);
  }

  return {
    by(event) {
      const app = event.type === 'thread-control' ? event.newOwnerAppId : appOf(event);
      return app === undefined || isInbox(app) ? 'human' : 'app';
    },
    concerns: (event) =>
      event.type === 'thread-control' || (event.type === 'echo' && !isOwn(event)),
    after(until, event, now) {
      const at = event.timestamp || now;
      if (event.type === 'echo') return afterEcho(until, event, at);
      if (event.type === 'thread-control') return afterControl(until, event, at);
      return endsWith(event) ? undefined : until;
    },
  };
}

const appOf = (event: BotEvent): string | undefined =>
  event.type === 'echo' ? event.appId : undefined;

const isInbox = (appId: string | undefined): boolean =>
  appId !== undefined && INBOX_APP_IDS.has(appId);

/** What the outbox writes into a message's metadata: `<event id>/<step name>`. */
const STEP_ID = /\/[a-z]+(?:-[a-z]+)*-\d+$/;
