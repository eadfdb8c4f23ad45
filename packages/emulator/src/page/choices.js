import { create, fill } from './elements.js';
import { localized, quickRepliesOf } from './model.js';

/** A button, or an item of the menu: tappable, a link, or only shown. */
export function createChoice({ type, title, url }, mid, words) {
  if (type === 'postback') return createTap(title, mid);
  const label = title || words.text(`choice-${type}`);
  return type === 'web_url' ? createLink(label, url) : createLabel(label);
}

/** Opens in another tab, which learns nothing of this page. */
export function createLink(label, url) {
  const link = create('a', 'choice');
  link.textContent = label;
  link.href = url;
  link.target = '_blank';
  link.rel = 'noopener';
  return link;
}

/** The choices as a list. */
export function createList(className, choices) {
  const list = create('ul', className);
  list.append(...choices.map(createItem));
  return list;
}

export function createItem(choice) {
  const item = create('li');
  item.append(choice);
  return item;
}

/** Chips under the newest message; with the next message of either side they are gone. */
export function renderQuickReplies(box, model, words) {
  const { mid, replies } = quickRepliesOf(model);
  box.hidden = replies.length === 0;
  fill(box, [mid, replies, words.language], () =>
    replies.map(({ content_type: type, title }) =>
      // The other types tell a person's own number or address, which nobody here has.
      type === 'text' ? createTap(title, mid) : createLabel(words.text(`choice-${type}`)),
    ),
  );
}

/** What an empty conversation offers. */
export function renderOffers(box, { get_started: start, ice_breakers: breakers }, words) {
  const questions = localized(breakers, words.language)?.call_to_actions ?? [];
  fill(box, [start, questions, words.language], () => [
    ...(start ? [createTap('Get Started', undefined, words.text('getStarted'))] : []),
    ...questions.map(({ question }) => createTap(question)),
  ]);
}

/** The server finds what is tapped by its title, which may be shown in another language. */
function createTap(title, mid, label = title) {
  const button = create('button', 'choice');
  button.type = 'button';
  button.textContent = label || '▢';
  button.dataset.tap = title;
  if (mid !== undefined) button.dataset.tapMid = mid;
  return button;
}

function createLabel(label) {
  const shown = create('span', 'choice');
  shown.textContent = label;
  return shown;
}
