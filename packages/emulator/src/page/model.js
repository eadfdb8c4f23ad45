/** What the page knows. No DOM in here: changes in, plain data out. */
export function createModel() {
  return {
    page: { id: '', name: '' },
    /** What the Page set around its conversations, in Meta's JSON. */
    profile: {},
    webhook: { url: '', status: undefined },
    connected: true,
    /** psid → {psid, name, last, unread, typing, typingSince} */
    people: new Map(),
    open: undefined,
    /** mid → message, of the open conversation, oldest first. */
    messages: new Map(),
    /** Those that arrived since the conversation was asked for. */
    arrived: new Map(),
  };
}

/** Starts afresh from what the server says; keeps which conversation is open. */
export function takeSnapshot(model, snapshot, now) {
  model.page = snapshot.page;
  model.profile = snapshot.profile;
  model.webhook = snapshot.webhook;
  model.people = new Map(
    snapshot.people.map((person) => [person.psid, { ...person, typingSince: now }]),
  );
}

export function openConversation(model, psid) {
  model.open = psid;
  model.messages = new Map();
}

/** Call before asking for the open conversation: what arrives from now on is newer than the answer. */
export function expectMessages(model) {
  model.arrived = new Map();
}

/** Puts the fetched messages before those that arrived meanwhile. */
export function takeMessages(model, psid, messages) {
  if (model.open !== psid) return;
  model.messages = new Map(messages.map((message) => [message.mid, message]));
  for (const [mid, message] of model.arrived) model.messages.set(mid, message);
}

/** Takes one live change of the server. */
export function takeChange(model, change, now) {
  const person = model.people.get(change.psid);
  switch (change.kind) {
    case 'person':
      if (model.people.has(change.person.psid)) break;
      model.people.set(change.person.psid, { ...change.person, unread: 0, typing: false });
      break;
    case 'message':
      if (person) takeMessage(model, person, change.message);
      break;
    case 'typing':
      if (person) Object.assign(person, { typing: change.typing, typingSince: now });
      break;
    case 'read':
      if (person) person.unread = 0;
      if (model.open === change.psid) markRead(model.messages, change.readUntil);
      break;
    case 'profile':
      model.profile = change.profile;
      break;
    case 'webhook':
      model.webhook = { ...model.webhook, status: change.status };
      break;
  }
}

/** The last spoken to first; who never spoke keeps their place after them. */
export function sortedPeople(model) {
  return [...model.people.values()].toSorted(
    (a, b) => (b.last?.timestamp ?? 0) - (a.last?.timestamp ?? 0),
  );
}

export function unreadTotal(model) {
  let total = 0;
  for (const person of model.people.values()) total += person.unread;
  return total;
}

/** The name of the text that says what the Page sent besides text. */
export function contentName({ kind, templateType }) {
  return `content-${templateType ?? kind}`;
}

/** The buttons, wherever in the Page's message they are. */
export function buttonsOf(payload) {
  if (typeof payload !== 'object' || payload === null) return [];
  return Object.entries(payload).flatMap(([name, part]) =>
    name === 'buttons' && Array.isArray(part) ? part : buttonsOf(part),
  );
}

/** The quick replies of the newest message, and whose they are. */
export function quickRepliesOf(model) {
  const newest = [...model.messages.values()].at(-1);
  return { mid: newest?.mid, replies: newest?.payload?.quick_replies ?? [] };
}

/** What is meant for people of that language, else for all others. */
export function localized(entries = [], language) {
  return (
    entries.find(({ locale }) => locale.startsWith(`${language}_`)) ??
    entries.find(({ locale }) => locale === 'default') ??
    entries[0]
  );
}

function takeMessage(model, person, message) {
  const isNew = !person.last || message.timestamp >= person.last.timestamp;
  const isUpdate = person.last?.mid === message.mid || model.messages.has(message.mid);
  if (isNew) person.last = message;
  // The person's own messages change their status; those of the Page arrive only once.
  if (message.direction === 'in' && !isUpdate) {
    person.unread += 1;
    person.typing = false;
  }
  if (model.open !== person.psid) return;
  model.messages.set(message.mid, message);
  model.arrived.set(message.mid, message);
}

function markRead(messages, until) {
  for (const [mid, message] of messages) {
    if (message.direction === 'in' && message.timestamp <= until) {
      messages.set(mid, { ...message, status: 'read' });
    }
  }
}
