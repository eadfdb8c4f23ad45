/** Making and changing elements. */

export function create(tag, className = '') {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}

export function add(parent, tag, className) {
  const element = create(tag, className);
  parent.append(element);
  return element;
}

/** Touches the text only when it changes, for the sake of selections and screen readers. */
export function setText(element, value) {
  if (element.textContent !== value) element.textContent = value;
}

const filled = new WeakMap();

/** Makes the content anew when what it shows has changed, and only then: the focus stays. */
export function fill(box, shown, createContent) {
  const key = JSON.stringify(shown);
  if (filled.get(box) === key) return;
  filled.set(box, key);
  box.replaceChildren(...createContent());
}

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  return svg;
}
