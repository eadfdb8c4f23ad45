import type { PersonSummary, Snapshot } from '../../src/chat/snapshot.ts';
import type { Person } from '../../src/people.ts';
import type { InjectedFault } from '../../src/faults/faults.ts';
import type { Alert, ChatMessage, EmulatorChange, PageState } from '../../src/state/state.ts';

export interface KnownPerson extends PersonSummary {
  /** When the dots began, in milliseconds since 1970. */
  readonly typingSince: number;
}

/** What the page knows of everybody; the messages of a conversation are in its `Thread`. */
export interface World {
  /** False until the first snapshot. */
  readonly ready: boolean;
  readonly connected: boolean;
  readonly pages: ReadonlyMap<string, PageState>;
  readonly people: ReadonlyMap<string, KnownPerson>;
  readonly webhook: Snapshot['webhook'];
  readonly faults: readonly InjectedFault[];
  readonly alerts: readonly Alert[];
  readonly seed: number;
}

export const emptyWorld: World = {
  ready: false,
  connected: true,
  pages: new Map(),
  people: new Map(),
  webhook: { url: '', status: undefined },
  faults: [],
  alerts: [],
  seed: 0,
};

/** Dots without a typing_off go away after 20 seconds. */
const TYPING_MS = 20_000;

/** Starts afresh from what the server says. */
export function takeSnapshot(world: World, snapshot: Snapshot, now: number): World {
  const { pages, people, webhook, faults, alerts, seed } = snapshot;
  return {
    ...world,
    ready: true,
    pages: new Map(pages.map((page) => [page.id, page])),
    people: new Map(people.map((person) => [person.psid, { ...person, typingSince: now }])),
    webhook,
    faults,
    alerts,
    seed,
  };
}

/** Takes live changes of the server, a batch at once: there may be thousands of people. */
export function takeChanges(world: World, changes: readonly EmulatorChange[], now: number): World {
  const people = new Map(world.people);
  const update = (psid: string, change: (person: KnownPerson) => KnownPerson): void => {
    const person = people.get(psid);
    if (person !== undefined) people.set(psid, change(person));
  };
  for (const change of changes) changePeople(people, update, change, now);
  return changes.reduce(changeRest, { ...world, people });
}

function changePeople(
  people: Map<string, KnownPerson>,
  update: (psid: string, change: (person: KnownPerson) => KnownPerson) => void,
  change: EmulatorChange,
  now: number,
): void {
  switch (change.kind) {
    case 'person':
      if (!people.has(change.person.psid)) people.set(change.person.psid, newcomer(change.person));
      break;
    case 'message':
      update(change.psid, (person) => withMessage(person, change.message));
      break;
    case 'reaction':
      update(change.psid, (person) =>
        person.last?.mid === change.message.mid ? { ...person, last: change.message } : person,
      );
      break;
    case 'typing':
      update(change.psid, (person) => ({ ...person, typing: change.typing, typingSince: now }));
      break;
    case 'read':
      update(change.psid, (person) => ({ ...person, unread: 0 }));
      break;
    case 'conversation': {
      const { psid, pageId, blocked, lastInboundAt, ownerAppId } = change.conversation;
      update(psid, (person) => ({ ...person, pageId, blocked, lastInboundAt, ownerAppId }));
      break;
    }
    case 'page':
    case 'faults':
    case 'alert':
    case 'webhook':
    case 'call':
    case 'delivery':
      break;
  }
}

function changeRest(world: World, change: EmulatorChange): World {
  switch (change.kind) {
    case 'page':
      return { ...world, pages: new Map(world.pages).set(change.page.id, change.page) };
    case 'faults':
      return { ...world, faults: change.faults };
    case 'alert':
      return { ...world, alerts: [...world.alerts, change.alert] };
    case 'webhook':
      return { ...world, webhook: { ...world.webhook, status: change.status } };
    case 'person':
    case 'message':
    case 'reaction':
    case 'typing':
    case 'read':
    case 'conversation':
    case 'call':
    case 'delivery':
      break;
  }
  return world;
}

/** Takes away the dots of who has been typing for too long. */
export function endTyping(world: World, now: number): World {
  const late = [...world.people.values()].filter(
    ({ typing, typingSince }) => typing && now - typingSince >= TYPING_MS,
  );
  if (late.length === 0) return world;
  const people = new Map(world.people);
  for (const person of late) people.set(person.psid, { ...person, typing: false });
  return { ...world, people };
}

/** The last spoken to first; who never spoke keeps their place after them. */
export function sortedPeople(world: World): readonly KnownPerson[] {
  return [...world.people.values()].toSorted(
    (a, b) => (b.last?.timestamp ?? 0) - (a.last?.timestamp ?? 0),
  );
}

export function unreadTotal(world: World): number {
  return [...world.people.values()].reduce((sum, { unread }) => sum + unread, 0);
}

/** The person's Page; the first one for a person of whom that is not known. */
export function pageOf(world: World, person: KnownPerson | undefined): PageState | undefined {
  return world.pages.get(person?.pageId ?? '') ?? world.pages.values().next().value;
}

function newcomer({ psid, name, pageId }: Person): KnownPerson {
  return {
    psid,
    name,
    pageId,
    last: undefined,
    unread: 0,
    typing: false,
    typingSince: 0,
    blocked: false,
    lastInboundAt: 0,
    ownerAppId: undefined,
  };
}

/** A message comes again with each change of it; a new one is younger than the last. */
function withMessage(person: KnownPerson, message: ChatMessage): KnownPerson {
  const { last } = person;
  if (last?.mid === message.mid) return { ...person, last: message };
  if (last !== undefined && message.timestamp <= last.timestamp) return person;
  const isUnread = message.direction === 'in' && message.status === 'delivered';
  return {
    ...person,
    last: message,
    unread: person.unread + (isUnread ? 1 : 0),
    typing: message.direction === 'in' ? false : person.typing,
  };
}
