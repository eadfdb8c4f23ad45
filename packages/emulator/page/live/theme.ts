import { effect, signal, type Signal } from '@preact/signals';

export type Theme = 'auto' | 'light' | 'dark';

const order: readonly Theme[] = ['auto', 'light', 'dark'];
const stored = order.find((each) => each === localStorage.getItem('theme'));

export const theme: Signal<Theme> = signal(stored ?? 'auto');

export function nextTheme(): void {
  const next = order[(order.indexOf(theme.value) + 1) % order.length] ?? 'auto';
  localStorage.setItem('theme', next);
  theme.value = next;
}

effect(() => {
  document.documentElement.dataset['theme'] = theme.value;
});
