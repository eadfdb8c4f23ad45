import type { Timeline } from '../../src/chat/snapshot.ts';
import type { Fault } from '../../src/faults/faults.ts';
import type { Person } from '../../src/people.ts';
import type { AttachmentKind, ChatMessage } from '../../src/state/state.ts';

/** What a person can say. */
export type Said =
  | { readonly text: string; readonly replyTo?: string }
  | { readonly attachment: AttachmentKind };

export interface HandshakeResult {
  readonly ok: boolean;
  readonly problem?: string;
}

const person = (psid: string): string => `/chat/people/${encodeURIComponent(psid)}`;

/** The page's only way to act on the server. A refusal rejects with the server's sentence. */
export const server = {
  messages: async (psid: string): Promise<readonly ChatMessage[]> => {
    const { messages } = (await ask('GET', `${person(psid)}/messages`)) as {
      messages: readonly ChatMessage[];
    };
    return messages;
  },
  timeline: (psid: string): Promise<Timeline> =>
    ask('GET', `${person(psid)}/timeline`) as Promise<Timeline>,
  addPerson: (name: string, pageId: string | undefined): Promise<Person> =>
    ask('POST', '/chat/people', { name, pageId }) as Promise<Person>,
  say: (psid: string, said: Said): Promise<unknown> =>
    ask('POST', `${person(psid)}/messages`, said),
  tap: (psid: string, title: string, mid: string | undefined): Promise<unknown> =>
    ask('POST', `${person(psid)}/taps`, { title, mid }),
  read: (psid: string): Promise<unknown> => ask('POST', `${person(psid)}/read`, {}),
  react: (psid: string, mid: string, reaction: string | null): Promise<unknown> =>
    ask('POST', `${person(psid)}/reactions`, { mid, reaction }),
  edit: (psid: string, mid: string, text: string): Promise<unknown> =>
    ask('POST', `${person(psid)}/edits`, { mid, text }),
  block: (psid: string, blocked: boolean): Promise<unknown> =>
    ask('POST', `${person(psid)}/block`, { blocked }),
  sayAsHuman: (psid: string, text: string): Promise<unknown> =>
    ask('POST', `${person(psid)}/human`, { text }),
  giveThread: (psid: string, to: 'inbox' | 'bot' | 'nobody'): Promise<unknown> =>
    ask('POST', `${person(psid)}/thread`, { to }),
  replay: (deliveryId: string): Promise<unknown> =>
    ask('POST', `/chat/deliveries/${encodeURIComponent(deliveryId)}/replay`, {}),
  inject: (fault: Fault): Promise<unknown> => ask('POST', '/chat/faults', fault),
  removeFault: (id: string): Promise<unknown> =>
    ask('DELETE', `/chat/faults/${encodeURIComponent(id)}`),
  handshake: (): Promise<HandshakeResult> =>
    ask('POST', '/chat/handshake', {}) as Promise<HandshakeResult>,
  subscribe: (pageId: string): Promise<unknown> =>
    ask('POST', `/chat/pages/${encodeURIComponent(pageId)}/subscription`, {}),
};

async function ask(method: string, path: string, body?: object): Promise<unknown> {
  const options =
    body === undefined
      ? { method }
      : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const answer = await fetch(path, options);
  const text = await answer.text();
  if (answer.ok) return text === '' ? {} : (JSON.parse(text) as unknown);
  throw new Error(refusal(text) ?? String(answer.status));
}

function refusal(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { error?: string }).error;
  } catch {
    return undefined;
  }
}
