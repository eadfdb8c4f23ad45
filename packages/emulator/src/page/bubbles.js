import { renderContent, speaksForItself } from './cards.js';
import { add, icon, setText } from './elements.js';
import { contentName } from './model.js';
import { paintAvatar } from './people.js';

/** Messages closer than this, of one side, form one group. */
const GROUP_MS = 5 * 60_000;

/**
 * Brings the log in line with the open conversation. Rows stay the same elements, so that a
 * screen reader hears only what is new, and a selection survives.
 */
export function renderBubbles(log, model, words) {
  const old = new Map([...log.children].map((row) => [row.dataset.key, row]));
  const messages = [...model.messages.values()];
  let at = log.firstElementChild;
  const place = (key, create) => {
    const row = old.get(key) ?? create();
    row.dataset.key = key;
    old.delete(key);
    if (row === at) at = at.nextElementSibling;
    else log.insertBefore(row, at);
    return row;
  };
  messages.forEach((message, index) => {
    const before = messages[index - 1];
    if (!before || !sameDay(before, message)) {
      const day = place(`day-${new Date(message.timestamp).toDateString()}`, createDay);
      day.textContent = words.day(message.timestamp);
    }
    const row = place(message.mid, () => createRow(message));
    updateRow(row, message, model.page, words);
    const follows = before !== undefined && sameGroup(before, message);
    const after = messages[index + 1];
    const goesOn = after !== undefined && sameGroup(message, after);
    row.classList.toggle('follows', follows);
    row.classList.toggle('goes-on', goesOn && message.problem === undefined);
  });
  for (const row of old.values()) row.remove();
}

function sameDay(a, b) {
  return new Date(a.timestamp).toDateString() === new Date(b.timestamp).toDateString();
}

function sameGroup(a, b) {
  return a.direction === b.direction && sameDay(a, b) && b.timestamp - a.timestamp < GROUP_MS;
}

function createDay() {
  const day = document.createElement('div');
  day.className = 'day';
  return day;
}

function createRow(message) {
  const row = document.createElement('div');
  row.className = `row ${message.direction}`;
  const speaker = add(row, 'span', 'hidden-text speaker');
  speaker.dataset.speaker = message.direction;
  if (message.direction === 'in') {
    add(row, 'span', 'avatar small page-avatar').setAttribute('aria-hidden', 'true');
  }
  const bubble = add(row, 'div', 'bubble');
  bubble.dataset.direction = message.direction;
  bubble.dataset.mid = message.mid;
  bubble.dir = 'auto';
  if (message.attachment) {
    bubble.classList.add('attachment', message.attachment);
    createAttachment(bubble, message.attachment);
  } else if (message.content) {
    add(bubble, 'strong', speaksForItself(message.content) ? 'kind hidden-text' : 'kind');
    add(bubble, 'div', 'content');
  } else {
    bubble.textContent = message.text;
    bubble.classList.toggle('emoji', isEmoji(message.text));
  }
  const meta = add(row, 'div', 'meta');
  add(meta, 'time', 'when');
  add(meta, 'span', 'status');
  return row;
}

function createAttachment(bubble, kind) {
  if (kind === 'location') {
    bubble.append(icon('place'));
    const lines = add(bubble, 'span', 'lines');
    add(lines, 'strong', 'place');
    add(lines, 'span', 'city');
    return;
  }
  const picture = add(bubble, 'img', '');
  // With its size known before it is loaded, nothing moves when it is there.
  [picture.width, picture.height] = kind === 'sticker' ? [108, 108] : [300, 200];
  picture.src = kind === 'sticker' ? '/like.svg' : '/picture.svg';
}

function updateRow(row, message, page, words) {
  const find = (name) => row.querySelector(`.${name}`);
  setText(find('speaker'), message.direction === 'out' ? words.text('you') : page.name);
  const avatar = find('page-avatar');
  if (avatar && avatar.textContent === '') paintAvatar(avatar, page.id, page.name);
  if (message.attachment === 'location') {
    setText(find('place'), words.text('place'));
    setText(find('city'), words.text('city'));
  } else if (message.attachment) {
    row.querySelector('img').alt = words.text(`${message.attachment}Alt`);
  }
  if (message.content) {
    setText(find('kind'), words.text(contentName(message.content)));
    renderContent(find('content'), message, words);
  }
  setText(find('when'), words.clock(message.timestamp));
  find('when').dateTime = new Date(message.timestamp).toISOString();
  row.classList.toggle('troubled', message.problem !== undefined);
  updateStatus(find('status'), message, words);
}

function updateStatus(status, message, words) {
  const { direction, problem } = message;
  const label = statusLabel(message, words);
  const key = direction === 'in' ? '' : `${message.status} ${label}`;
  if (status.dataset.key === key) return;
  status.dataset.key = key;
  status.replaceChildren();
  if (direction === 'in') return;
  status.append(icon(problem === undefined ? message.status : 'problem'));
  add(status, 'span', problem === undefined ? 'hidden-text' : '').textContent = label;
  status.title = label;
}

function statusLabel({ status, problem }, words) {
  if (problem === undefined) return words.text(`status-${status}`);
  return words.text(problem === 0 ? `status-${status}-0` : `status-${status}`, {
    status: problem,
  });
}

/** One to three emoji and nothing else are shown large. */
function isEmoji(text) {
  return /^(\p{Extended_Pictographic}(\uFE0F|\p{Emoji_Modifier}|\u200D\p{Extended_Pictographic})*){1,3}$/u.test(
    text.trim(),
  );
}
