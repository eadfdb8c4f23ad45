import { z } from 'zod';

import type { MakeCall } from '../graph-call.ts';
import { check } from '../check.ts';
import { MAX_METADATA_LENGTH, id, text } from '../limits.ts';
import { answeredId, maybe, read } from './answers.ts';
import type { CallOptions } from './call-options.ts';

/** The app id of the Page's own inbox: pass a conversation to it and a human answers. */
export const PAGE_INBOX_APP_ID = '263902037430900';

/** What comes with a change of control. */
export interface ThreadOptions extends CallOptions {
  /** Up to 1000 characters, which the other app gets in its event. */
  readonly metadata?: string | undefined;
}

/**
 * Who answers a person: Conversation Routing, which took the Handover Protocol's place. Control
 * ends by itself after 24 hours of silence.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/conversation-routing
 */
export interface Threads {
  /**
   * Hands the conversation to another app.
   *
   * @example
   * await graph.threads.pass(psid, PAGE_INBOX_APP_ID, { metadata: 'khách muốn gặp nhân viên' });
   *
   * @throws GraphApiError of kind `thread-owned` when another app has it. Else as
   *   {@link Messages.send}.
   */
  pass(psid: string, appId: string, options?: ThreadOptions): Promise<void>;
  /** Takes it; Meta allows that to the default app. */
  take(psid: string, options?: ThreadOptions): Promise<void>;
  /** Gives it back to the default app. */
  release(psid: string, options?: ThreadOptions): Promise<void>;
  /** Asks the app that has it to pass it. */
  request(psid: string, options?: ThreadOptions): Promise<void>;
  /** Keeps it for longer: 1 to 604,800 seconds. */
  extend(psid: string, durationSeconds: number, options?: ThreadOptions): Promise<void>;
  /** The app that has it, or `undefined` when it is idle. */
  owner(psid: string, options?: CallOptions): Promise<string | undefined>;
}

const note = text(MAX_METADATA_LENGTH, 0).optional();
const seconds = z.int().min(1).max(604_800);

const ownerAnswer = z.object({
  data: z.array(z.object({ thread_owner: maybe(z.object({ app_id: answeredId })) })),
});

export function createThreads(makeCall: MakeCall, pageId: string): Threads {
  const act = async (
    action: string,
    psid: string,
    { metadata, signal }: ThreadOptions = {},
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<void> => {
    const body = {
      recipient: { id: check('thread.psid', id, psid) },
      ...more,
      metadata: check('thread.metadata', note, metadata),
    };
    await makeCall({ method: 'POST', path: `${pageId}/${action}_thread_control`, body, signal });
  };
  return {
    pass: async (psid, appId, options) =>
      act('pass', psid, options, { target_app_id: check('thread.appId', id, appId) }),
    take: (psid, options) => act('take', psid, options),
    release: (psid, options) => act('release', psid, options),
    request: (psid, options) => act('request', psid, options),
    extend: async (psid, durationSeconds, options) =>
      act('extend', psid, options, {
        duration: check('thread.durationSeconds', seconds, durationSeconds),
      }),
    owner: async (psid, { signal } = {}) => {
      const path = `${pageId}/thread_owner`;
      const query = { recipient: check('thread.psid', id, psid) };
      const answer = await makeCall({ method: 'GET', path, query, signal });
      return read(ownerAnswer, answer, `GET ${path}`).data[0]?.thread_owner?.app_id;
    },
  };
}
