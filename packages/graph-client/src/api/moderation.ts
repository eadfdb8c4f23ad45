import { z } from 'zod';

import type { MakeCall } from '../graph-call.ts';
import { check } from '../check.ts';
import { id } from '../limits.ts';
import { answeredId, maybe } from './answers.ts';
import type { CallOptions } from './call-options.ts';
import { paged } from './paging.ts';

/** `block_user` stops messages, `ban_user` everything on the Page, too. */
export type ModerationAction =
  | 'block_user'
  | 'unblock_user'
  | 'ban_user'
  | 'unban_user'
  | 'move_to_spam';

/** Someone whom the Page has blocked. */
export interface BlockedPerson {
  readonly id: string;
  readonly name?: string | undefined;
}

/** Moderation. @see https://developers.facebook.com/docs/messenger-platform/moderation */
export interface Moderation {
  /**
   * Does one or more things to at most 10 people.
   *
   * @example
   * await graph.moderation.moderate([psid], ['block_user', 'move_to_spam']);
   *
   * @throws RequestError, GraphApiError, TransportError or ParkedError, as in {@link Messages.send}.
   */
  moderate(
    psids: readonly string[],
    actions: readonly ModerationAction[],
    options?: CallOptions,
  ): Promise<void>;
  /** Everybody whom the Page has blocked, fetched as they are asked for. */
  blocked(options?: CallOptions): AsyncIterable<BlockedPerson>;
}

const people = z.array(id).min(1).max(10);
const actionList = z
  .array(z.enum(['block_user', 'unblock_user', 'ban_user', 'unban_user', 'move_to_spam']))
  .min(1);

const person: z.ZodType<BlockedPerson> = z.object({ id: answeredId, name: maybe(z.string()) });

export function createModeration(makeCall: MakeCall, pageId: string): Moderation {
  return {
    moderate: async (psids, actions, { signal } = {}) => {
      const body = {
        user_ids: check('moderation.psids', people, psids).map((psid) => ({ id: psid })),
        actions: check('moderation.actions', actionList, actions),
      };
      await makeCall({ method: 'POST', path: `${pageId}/moderate_conversations`, body, signal });
    },
    blocked: ({ signal } = {}) =>
      paged(makeCall, { method: 'GET', path: `${pageId}/blocked`, signal }, person),
  };
}
