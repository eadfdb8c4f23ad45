import { signal, type Signal } from '@preact/signals';

/** What is being written in one conversation; it stays while another one is open. */
export interface Draft {
  readonly text: string;
  /** The message that it will answer. */
  readonly replyTo?: string;
  /** The own message that it will replace. */
  readonly edits?: string;
  /** To be said by a human of the Page, not by the person. */
  readonly asHuman: boolean;
}

const drafts = new Map<string, Signal<Draft>>();

export function draftOf(psid: string): Signal<Draft> {
  const known = drafts.get(psid);
  if (known !== undefined) return known;
  const draft = signal<Draft>({ text: '', asHuman: false });
  drafts.set(psid, draft);
  return draft;
}

export function replyTo(psid: string, mid: string): void {
  const draft = draftOf(psid);
  const { text, edits } = draft.value;
  draft.value = { text: edits === undefined ? text : '', replyTo: mid, asHuman: false };
}

export function beginEdit(psid: string, mid: string, text: string): void {
  draftOf(psid).value = { text, edits: mid, asHuman: false };
}

/** Neither an answer nor an edit any more; the text of an edit goes with it. */
export function endReplyOrEdit(psid: string): void {
  const draft = draftOf(psid);
  const { text, edits, asHuman } = draft.value;
  draft.value = { text: edits === undefined ? text : '', asHuman };
}

export function toggleHuman(psid: string): void {
  const draft = draftOf(psid);
  const { text, edits, asHuman } = draft.value;
  draft.value = { text: edits === undefined ? text : '', asHuman: !asHuman };
}
