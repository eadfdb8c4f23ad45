import { batch, effect, signal, type Signal } from '@preact/signals';
import type { Person } from '../../src/people.ts';
import type { EmulatorChange } from '../../src/state/state.ts';
import {
  askAgain,
  createThread,
  takeAnswer,
  takeThreadChange,
  type Thread,
} from '../model/thread.ts';
import {
  emptyWorld,
  endTyping,
  sortedPeople,
  takeChanges,
  takeSnapshot,
  type World,
} from '../model/world.ts';
import { columns, openFirst } from './layout.ts';
import { server } from './server.ts';
import { listen } from './stream.ts';

export const world: Signal<World> = signal(emptyWorld);
/** Of the open conversations, by psid. */
export const threads: Signal<ReadonlyMap<string, Thread>> = signal(new Map());
/** For what grows old by itself; ticks once a second. */
export const now: Signal<number> = signal(Date.now());

export function greet(person: Person): void {
  world.value = takeChanges(world.value, [{ kind: 'person', person }], Date.now());
}

function setThread(thread: Thread): void {
  threads.value = new Map(threads.value).set(thread.psid, thread);
}

const asked = new Map<string, object>();

/** What fails here fails because the server is away; its snapshot comes when it is back. */
async function load(psid: string): Promise<void> {
  const ask = {};
  asked.set(psid, ask);
  setThread(askAgain(threads.value.get(psid) ?? createThread(psid)));
  try {
    const [messages, timeline] = await Promise.all([server.messages(psid), server.timeline(psid)]);
    const thread = threads.value.get(psid);
    // An answer that a later question has overtaken is older than what changed since.
    if (thread !== undefined && asked.get(psid) === ask)
      setThread(takeAnswer(thread, messages, timeline));
  } catch {
    // Shown as what it was until then.
  }
}

let queued: EmulatorChange[] = [];

/** Many changes, one drawing. A hidden page gets no frames; its title still counts. */
function takeLater(change: EmulatorChange): void {
  queued.push(change);
  if (queued.length > 1) return;
  if (document.visibilityState === 'visible') requestAnimationFrame(takeQueued);
  else setTimeout(takeQueued);
}

function takeQueued(): void {
  const changes = queued;
  queued = [];
  const time = Date.now();
  batch(() => {
    world.value = takeChanges(world.value, changes, time);
    threads.value = new Map(
      [...threads.value].map(([psid, thread]) => [psid, changes.reduce(takeThreadChange, thread)]),
    );
  });
}

/** Begins to listen, and keeps the open conversations loaded. */
export function startSession(): void {
  listen({
    connected(connected) {
      world.value = { ...world.value, connected };
    },
    snapshot(snapshot) {
      takeQueued();
      const known = [...threads.value.keys()];
      world.value = takeSnapshot(world.value, snapshot, Date.now());
      for (const psid of known) void load(psid);
    },
    change: takeLater,
  });
  effect(() => {
    const { ready, people } = world.value;
    if (!ready) return;
    openFirst(sortedPeople(world.value)[0]?.psid, people);
    const known = threads.peek();
    for (const psid of columns.value) {
      if (people.has(psid) && !known.has(psid)) void load(psid);
    }
    if ([...known.keys()].some((psid) => !columns.value.includes(psid))) {
      threads.value = new Map([...known].filter(([psid]) => columns.value.includes(psid)));
    }
  });
  setInterval(() => {
    now.value = Date.now();
    world.value = endTyping(world.value, now.value);
  }, 1000);
}
