import { renderBubbles } from './bubbles.js';
import { renderOffers, renderQuickReplies } from './choices.js';
import { createComposer } from './composer.js';
import { createMenu } from './menu.js';
import {
  createModel,
  expectMessages,
  openConversation,
  takeChange,
  takeMessages,
  takeSnapshot,
  sortedPeople,
  unreadTotal,
} from './model.js';
import { paintAvatar, renderPeople } from './people.js';
import { fetchMessages, listen, postMessage, postPerson, postRead, postTap } from './server.js';
import { firstLanguage } from './strings.js';
import { createWords } from './words.js';

/** Dots without a typing_off go away after 20 seconds. */
const TYPING_MS = 20_000;

const $ = (id) => document.getElementById(id);
const wide = matchMedia('(min-width: 720px)');
const model = createModel();
let words = createWords(firstLanguage(localStorage.getItem('language'), navigator.language));
let error = '';
let frame = 0;
/** Whoever has not scrolled up sees what is new; a conversation just opened shows its end. */
let atEnd = true;

const composer = createComposer({
  form: $('compose'),
  box: $('composer'),
  to: () => model.open,
  post(psid, message) {
    error = '';
    return message.tap ? postTap(psid, message.tap) : postMessage(psid, message);
  },
  onError(reason, psid, message) {
    if (message.text && psid === model.open) composer.restore(message.text);
    showError(reason);
  },
});

const menu = createMenu({ button: $('menu-button'), list: $('menu') });

/** Many changes, one drawing. A hidden page gets no frames; its title still counts. */
function draw() {
  const unread = unreadTotal(model);
  document.title = `${unread > 0 ? `(${unread}) ` : ''}${model.page.name} · Messenger`;
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    render();
  });
}

function render() {
  const person = model.people.get(model.open);
  document.body.classList.toggle('in-conversation', person !== undefined);
  $('page-name').textContent = model.page.name;
  renderPeople($('people'), model, words);
  renderBanner();
  if (person) renderConversation(person);
}

function renderConversation(person) {
  paintAvatar($('head-avatar'), person.psid, person.name);
  $('head-name').textContent = person.name;
  $('head-note').textContent = words.text('writesTo', { page: model.page.name });
  const label = words.text('composer', { name: person.name });
  $('composer').placeholder = words.text('placeholder');
  $('composer').setAttribute('aria-label', label);
  renderBubbles($('log'), model, words);
  renderQuickReplies($('quick-replies'), model, words);
  $('greet').hidden = model.profile.get_started !== undefined;
  renderOffers($('offers'), model.profile, words);
  menu.render(model.profile, words);
  $('empty').hidden = person.last !== undefined;
  $('empty-text').textContent = words.text('empty', { name: person.name, page: model.page.name });
  $('typing').hidden = !person.typing;
  paintAvatar($('typing').firstElementChild, model.page.id, model.page.name);
  stayAtEnd();
  if (person.unread > 0 && document.visibilityState === 'visible') {
    person.unread = 0;
    postRead(person.psid).catch(() => undefined);
  }
}

function tap(button) {
  const { tap: title, tapMid: mid } = button.dataset;
  // A double click is one tap: what can be tapped once is gone only when the server tells so.
  if (button.ariaDisabled === 'true') return;
  button.ariaDisabled = 'true';
  if (button.closest('#quick-replies, #offers')) $('composer').focus();
  composer.send({ tap: { title, mid } }, () => {
    button.ariaDisabled = null;
  });
}

function stayAtEnd() {
  if (atEnd) $('scroller').scrollTop = $('scroller').scrollHeight;
}

async function addPerson(name) {
  const person = await postPerson(name);
  takeChange(model, { kind: 'person', person }, Date.now());
  location.hash = person.psid;
  $('composer').focus();
}

function showError(reason) {
  // A request that never arrived has only the browser's own, English, words.
  const away = reason instanceof TypeError;
  error = words.text('notSent', { reason: away ? words.text('unreachable') : reason.message });
  draw();
}

function renderBanner() {
  const banner = $('banner');
  const { url, status } = model.webhook;
  let message = error;
  if (!model.connected) message = words.text('disconnected');
  else if (message === '' && status === 0) message = words.text('webhookAway', { url });
  else if (message === '' && (status === 401 || status === 403)) {
    message = words.text('webhookRejected', { url, status });
  } else if (message === '' && status !== undefined && status !== 200) {
    message = words.text('webhookRefused', { url, status });
  }
  if (banner.textContent !== message) banner.textContent = message;
  banner.hidden = message === '';
}

async function followHash() {
  let psid = decodeURIComponent(location.hash.slice(1));
  if (psid === 'composer') return $('composer').focus();
  if (!model.people.has(psid)) {
    psid = wide.matches ? (model.open ?? sortedPeople(model)[0]?.psid) : undefined;
    if (psid !== undefined) history.replaceState(null, '', `#${psid}`);
  }
  if (psid !== model.open) {
    openConversation(model, psid);
    error = '';
    atEnd = true;
  }
  draw();
  if (psid !== undefined) {
    expectMessages(model);
    takeMessages(model, psid, await fetchMessages(psid));
    draw();
  }
}

/** What fails here fails because the server is away; its snapshot comes again when it is back. */
function follow() {
  followHash().catch(() => undefined);
}

function speak(language) {
  words = createWords(language);
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll('[data-text]')) {
    element.textContent = words.text(element.dataset.text);
  }
  for (const element of document.querySelectorAll('[data-label]')) {
    const label = words.text(element.dataset.label);
    element.setAttribute('aria-label', label);
    if (element.matches('.round')) element.title = label;
  }
  for (const button of document.querySelectorAll('[data-language]')) {
    button.setAttribute('aria-pressed', String(button.dataset.language === language));
  }
  draw();
}

for (const button of document.querySelectorAll('[data-language]')) {
  button.addEventListener('click', () => {
    localStorage.setItem('language', button.dataset.language);
    speak(button.dataset.language);
  });
}
$('greet').addEventListener('click', () => {
  composer.send({ text: words.text('greet') });
  $('composer').focus();
});
document.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-tap]');
  if (button) tap(button);
});
$('add-person').addEventListener('click', () => $('add-dialog').showModal());
$('add-cancel').addEventListener('click', () => $('add-dialog').close());
$('add-form').addEventListener('submit', () => {
  const name = $('add-name').value.trim();
  $('add-form').reset();
  if (name !== '') addPerson(name).catch(showError);
});
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  $('composer').focus();
});
$('scroller').addEventListener('scroll', ({ target }) => {
  atEnd = target.scrollHeight - target.scrollTop - target.clientHeight < 80;
});
new ResizeObserver(stayAtEnd).observe($('scroller'));
addEventListener('hashchange', follow);
wide.addEventListener('change', follow);
document.addEventListener('visibilitychange', draw);
setInterval(() => {
  for (const person of model.people.values()) {
    if (!person.typing || Date.now() - person.typingSince < TYPING_MS) continue;
    person.typing = false;
    draw();
  }
}, 1000);

speak(words.language);
listen({
  onConnected(connected) {
    model.connected = connected;
    if (connected) error = '';
    draw();
  },
  onSnapshot(snapshot) {
    takeSnapshot(model, snapshot, Date.now());
    follow();
  },
  onChange(change) {
    takeChange(model, change, Date.now());
    draw();
  },
});
