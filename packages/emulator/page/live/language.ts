import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { createWords, firstLanguage, type Language, type Words } from '../words/words.ts';

export const language: Signal<Language> = signal(
  firstLanguage(localStorage.getItem('language'), navigator.language),
);

/** A component that reads it is drawn again in the other language. */
export const words: ReadonlySignal<Words> = computed(() => createWords(language.value, Date.now));

export function speak(chosen: Language): void {
  localStorage.setItem('language', chosen);
  language.value = chosen;
}

effect(() => {
  document.documentElement.lang = language.value;
});
