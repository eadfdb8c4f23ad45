/** The page's only way to the server: live events in, actions out. */

/** Listens for ever; the browser connects again by itself, and here when it gave up. */
export function listen({ onSnapshot, onChange, onConnected }) {
  const source = new EventSource('/chat/events');
  source.addEventListener('open', () => onConnected(true));
  source.addEventListener('snapshot', (event) => onSnapshot(JSON.parse(event.data)));
  source.addEventListener('change', (event) => onChange(JSON.parse(event.data)));
  source.addEventListener('error', () => {
    onConnected(false);
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => listen({ onSnapshot, onChange, onConnected }), 1000);
  });
}

export async function fetchMessages(psid) {
  const { messages } = await ask('GET', `/chat/people/${psid}/messages`);
  return messages;
}

export function postMessage(psid, message) {
  return ask('POST', `/chat/people/${psid}/messages`, message);
}

export function postTap(psid, tap) {
  return ask('POST', `/chat/people/${psid}/taps`, tap);
}

export function postRead(psid) {
  return ask('POST', `/chat/people/${psid}/read`, {});
}

export function postPerson(name) {
  return ask('POST', '/chat/people', { name });
}

async function ask(method, path, body) {
  const options =
    body === undefined
      ? { method }
      : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const answer = await fetch(path, options);
  const content = answer.status === 204 ? {} : await answer.json();
  if (!answer.ok) throw new Error(content.error ?? `${answer.status}`);
  return content;
}
