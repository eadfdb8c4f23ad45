import { createChoice, createItem } from './choices.js';
import { fill } from './elements.js';
import { localized } from './model.js';

/** The persistent menu: its button opens and closes it, Escape and a click elsewhere close it. */
export function createMenu({ button, list }) {
  function show(open) {
    list.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
  }

  button.addEventListener('click', () => show(list.hidden));
  document.addEventListener('click', ({ target }) => {
    if (list.hidden || button.contains(target)) return;
    show(false);
    if (list.contains(target)) button.focus();
  });
  document.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || list.hidden) return;
    show(false);
    button.focus();
  });

  return {
    render({ persistent_menu: menus }, words) {
      const items = localized(menus, words.language)?.call_to_actions ?? [];
      button.hidden = items.length === 0;
      if (button.hidden) show(false);
      fill(list, [items, words.language], () =>
        items.map((item) => createItem(createChoice(item, undefined, words))),
      );
    },
  };
}
