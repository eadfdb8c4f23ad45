import { add, setText } from './elements.js';
import { contentName, sortedPeople } from './model.js';

/** Brings the list of people in line with the model; keeps the elements of who stays. */
export function renderPeople(list, model, words) {
  const old = new Map([...list.children].map((item) => [item.dataset.psid, item]));
  let at = list.firstElementChild;
  for (const person of sortedPeople(model)) {
    const item = old.get(person.psid) ?? createItem(person);
    old.delete(person.psid);
    updateItem(item, person, model, words);
    // Moving the link that has the focus would lose it: only what is out of place moves.
    if (item === at) at = at.nextElementSibling;
    else list.insertBefore(item, at);
  }
  for (const item of old.values()) item.remove();
}

/** Fills an avatar: initials on a colour that stays with the id. */
export function paintAvatar(avatar, id, name) {
  avatar.textContent = initials(name);
  avatar.style.setProperty('--hue', String(hue(id)));
}

function createItem({ psid, name }) {
  const item = document.createElement('li');
  item.dataset.psid = psid;
  const link = add(item, 'a', 'person');
  link.href = `#${psid}`;
  link.dataset.testid = `person-${psid}`;
  const avatar = add(link, 'span', 'avatar');
  avatar.setAttribute('aria-hidden', 'true');
  paintAvatar(avatar, psid, name);
  const lines = add(link, 'span', 'lines');
  add(lines, 'span', 'name').textContent = name;
  add(lines, 'span', 'preview');
  const aside = add(link, 'span', 'aside');
  add(aside, 'time', 'when');
  add(aside, 'span', 'badge');
  return item;
}

function updateItem(item, person, model, words) {
  const link = item.firstElementChild;
  const [preview, when, badge] = ['preview', 'when', 'badge'].map((name) =>
    item.querySelector(`.${name}`),
  );
  if (model.open === person.psid) link.setAttribute('aria-current', 'page');
  else link.removeAttribute('aria-current');
  link.classList.toggle('unread', person.unread > 0);
  link.classList.toggle('troubled', person.last?.problem !== undefined);
  setText(preview, person.typing ? `${words.text('typing')}…` : previewOf(person.last, words));
  setText(when, person.last ? words.time(person.last.timestamp) : '');
  setText(badge, person.unread > 99 ? '99+' : String(person.unread || ''));
  badge.hidden = person.unread === 0;
  if (person.unread > 0) {
    badge.setAttribute('role', 'img');
    badge.setAttribute('aria-label', words.text('unread', { count: person.unread }));
  }
}

function previewOf(message, words) {
  if (!message) return words.text('noMessage');
  const { attachment, content } = message;
  const name = content ? contentName(content) : `attachment-${attachment}`;
  const said = message.text ?? words.text(name);
  return message.direction === 'out' ? `${words.text('you')}: ${said}` : said;
}

/** Vietnamese names are called by the last word: the last two initials say most. */
function initials(name) {
  const words = name.trim().split(/\s+/).slice(-2);
  return words.map((word) => [...word][0]?.toLocaleUpperCase('vi') ?? '').join('');
}

function hue(id) {
  let sum = 7;
  for (const digit of id) sum = (sum * 31 + digit.charCodeAt(0)) % 360;
  return sum;
}
