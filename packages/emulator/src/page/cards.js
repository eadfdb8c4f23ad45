import { createChoice, createLink, createList } from './choices.js';
import { add, create, fill, icon } from './elements.js';
import { buttonsOf } from './model.js';

/** Shows what the Page sent besides text, as Messenger does where that says more than a summary. */
export function renderContent(box, message, words) {
  fill(box, words.language, () => {
    const template = message.payload?.attachment?.payload;
    switch (message.content.templateType) {
      case 'generic':
        return [createCards(template.elements, message.mid, words)];
      case 'receipt':
        return createReceipt(template, words);
      default:
        return createSummary(message, words);
    }
  });
}

/** True when the content shows what it is: its name is then for screen readers only. */
export function speaksForItself({ templateType }) {
  return /^(button|generic|receipt)$/.test(templateType ?? '');
}

/** What a receipt says, line by line: `[what, how much]`, the total at last. */
export function receiptLines({ currency, elements = [], summary, adjustments = [] }, words) {
  const { subtotal, shipping_cost: shipping, total_tax: tax, total_cost: total } = summary;
  const sums = { subtotal, shipping, tax };
  return [
    ...elements.map(({ title, quantity, price, currency: own }) => [
      quantity === undefined ? title : `${quantity} × ${title}`,
      words.money(price, own ?? currency),
    ]),
    ...Object.entries(sums)
      .filter(([, amount]) => amount !== undefined)
      .map(([name, amount]) => [words.text(name), words.money(amount, currency)]),
    ...adjustments.map(({ name, amount }) => [name, words.money(-amount, currency)]),
    [words.text('total'), words.money(total, currency)],
  ];
}

function createSummary({ content, payload, mid }, words) {
  const said = create('span', 'said');
  said.textContent = content.summary;
  const buttons = buttonsOf(payload);
  return buttons.length === 0 ? [said] : [said, createButtons(buttons, mid, words)];
}

function createButtons(buttons, mid, words) {
  return createList(
    'choices',
    buttons.map((button) => createChoice(button, mid, words)),
  );
}

function createCards(elements, mid, words) {
  const list = createList(
    'cards',
    elements.map((element) => createCard(element, mid, words)),
  );
  // To be scrolled with the keyboard, also where nothing in it takes the focus.
  list.tabIndex = 0;
  list.setAttribute('aria-label', words.text('content-generic'));
  return list;
}

function createCard(element, mid, words) {
  const { title, subtitle, image_url: image, default_action: action, buttons } = element;
  const card = create('div', 'card');
  if (image) card.append(createPicture(image));
  const name = add(card, 'strong', 'title');
  name.append(action ? createLink(title, action.url) : title);
  if (subtitle) add(card, 'span', 'subtitle').textContent = subtitle;
  if (buttons) card.append(createButtons(buttons, mid, words));
  return card;
}

/** Nothing is fetched from elsewhere: other pictures are only told of. */
function createPicture(url) {
  if (new URL(url).origin === location.origin) {
    const picture = create('img', 'picture');
    picture.src = url;
    picture.alt = '';
    return picture;
  }
  const place = create('span', 'picture');
  place.append(icon('image'));
  return place;
}

function createReceipt(receipt, words) {
  const order = create('strong', 'order');
  order.textContent = words.text('order', { number: receipt.order_number });
  const lines = create('dl', 'receipt');
  for (const [what, howMuch] of receiptLines(receipt, words)) {
    const line = add(lines, 'div', 'line');
    add(line, 'dt', '').textContent = what;
    add(line, 'dd', '').textContent = howMuch;
  }
  return [order, lines];
}
