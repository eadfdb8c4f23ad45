import { signal, type Signal } from '@preact/signals';
import { words } from './language.ts';
import { open } from './layout.ts';
import { type Said, server } from './server.ts';
import { greet } from './session.ts';

/** Why the last action was not done; empty when it was. */
export const failure: Signal<string> = signal('');

/** Answers whether it was done; the reason of a refusal is shown at the top. */
export async function attempt(action: () => Promise<unknown>): Promise<boolean> {
  try {
    await action();
    failure.value = '';
    return true;
  } catch (error) {
    const { text } = words.value;
    // A request that never arrived has only the browser's own, English, words.
    const away = error instanceof TypeError || !(error instanceof Error);
    failure.value = text('notDone', { reason: away ? text('unreachable') : error.message });
    return false;
  }
}

let last: Promise<unknown> = Promise.resolve();

/** Messages leave one after another: two requests at once could overtake each other. */
function inTurn(action: () => Promise<unknown>): Promise<boolean> {
  const turn = last.then(() => attempt(action));
  last = turn;
  return turn;
}

export function say(psid: string, said: Said): Promise<boolean> {
  return inTurn(() => server.say(psid, said));
}

export function sayAsHuman(psid: string, text: string): Promise<boolean> {
  return inTurn(() => server.sayAsHuman(psid, text));
}

export function edit(psid: string, mid: string, text: string): Promise<boolean> {
  return inTurn(() => server.edit(psid, mid, text));
}

export function tap(psid: string, title: string, mid?: string): Promise<boolean> {
  return inTurn(() => server.tap(psid, title, mid));
}

export function addPerson(name: string, pageId: string | undefined): Promise<boolean> {
  return attempt(async () => {
    const person = await server.addPerson(name, pageId);
    greet(person);
    open(person.psid);
  });
}
