import type { MessengerProfile } from '../graph/profile.ts';
import type { ChatMessage, Tap } from '../state/state.ts';

/** What a person can tap: it says `title`, and does the rest. */
export interface Tappable extends Tap {
  readonly title: string;
  /** The Page's message that it is part of; absent for the menu, Get Started and ice breakers. */
  readonly mid?: string;
}

/** What the Get Started button says, in every language. */
const GET_STARTED_TITLE = 'Get Started';

/**
 * What can be tapped in a conversation, in the order in which a title is looked for: quick
 * replies, buttons of the newest message first, the menu of every locale, and what an empty
 * conversation offers.
 */
export function tappablesOf(
  messages: readonly ChatMessage[],
  profile: MessengerProfile,
  ownMenu?: MessengerProfile['persistent_menu'],
): readonly Tappable[] {
  const menus = ownMenu ?? profile.persistent_menu ?? [];
  return [
    ...quickRepliesOf(messages.at(-1)),
    ...messages.toReversed().flatMap(postbacksOf),
    ...menus.flatMap((menu) => (menu.call_to_actions ?? []).flatMap((item) => postbackOf(item))),
    ...(messages.length === 0 ? offersOf(profile) : []),
  ];
}

/** Messenger takes quick replies away with the next message of either side. */
function quickRepliesOf(newest: ChatMessage | undefined): Tappable[] {
  const { mid, payload } = newest ?? {};
  if (mid === undefined || payload?.quick_replies === undefined) return [];
  return payload.quick_replies.flatMap((reply) => {
    // The others would tell a person's own number or address: nobody here has one.
    if (reply.content_type !== 'text') return [];
    return { kind: 'quick-reply', title: reply.title, payload: reply.payload, mid };
  });
}

function postbacksOf({ mid, payload }: ChatMessage): Tappable[] {
  return buttonsIn(payload?.attachment?.payload).flatMap((button) => postbackOf(button, mid));
}

/** Buttons wherever in a template they are. */
function buttonsIn(part: unknown): readonly object[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, inner]: [string, unknown]) =>
    name === 'buttons' ? (inner as readonly object[]) : buttonsIn(inner),
  );
}

function postbackOf(
  button: { readonly type?: string; readonly title?: string; readonly payload?: string },
  mid?: string,
): Tappable[] {
  const { type, title, payload } = button;
  if (type !== 'postback' || title === undefined || payload === undefined) return [];
  return [{ kind: 'postback', title, payload, ...(mid === undefined ? {} : { mid }) }];
}

function offersOf({
  get_started: start,
  ice_breakers: breakers = [],
}: MessengerProfile): Tappable[] {
  const kind = 'postback';
  return [
    ...(start === undefined ? [] : [{ kind, title: GET_STARTED_TITLE, ...start } as const]),
    ...breakers.flatMap(({ call_to_actions: questions }) =>
      questions.map(({ question, payload }) => ({ kind, title: question, payload }) as const),
    ),
  ];
}
