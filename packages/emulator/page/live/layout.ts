import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import {
  fitColumns,
  openBeside,
  openInstead,
  parseRoute,
  roomFor,
  routeOf,
} from '../model/route.ts';

const wideQuery = matchMedia('(min-width: 760px)');

export const isWide: Signal<boolean> = signal(wideQuery.matches);
const width: Signal<number> = signal(innerWidth);
const opened: Signal<readonly string[]> = signal(parseRoute(location.hash));
const touched: Signal<string | undefined> = signal(undefined);

export type PanelTab = 'timeline' | 'faults' | 'webhook';
export const panelOpen: Signal<boolean> = signal(false);
export const panelTab: Signal<PanelTab> = signal('timeline');

/** How many conversations have room side by side. */
export const room: ReadonlySignal<number> = computed(() =>
  roomFor(width.value, panelOpen.value && isWide.value),
);
/** The open conversations that have room, from left to right. */
export const columns: ReadonlySignal<readonly string[]> = computed(() =>
  fitColumns(opened.value, touched.value, room.value),
);
/** The conversation that the panel tells of. */
export const focused: ReadonlySignal<string | undefined> = computed(
  () => columns.value.find((psid) => psid === touched.value) ?? columns.value.at(-1),
);

export function open(psid: string): void {
  show(openInstead(opened.value, focused.value, psid));
  touched.value = psid;
}

export function openAlso(psid: string): void {
  show(openBeside(opened.value, psid, room.value));
  touched.value = psid;
}

export function closeColumn(psid: string): void {
  show(opened.value.filter((column) => column !== psid));
}

export function focusColumn(psid: string): void {
  touched.value = psid;
}

/** Back to the list of people, on a phone. */
export function closeAll(): void {
  show([]);
}

/** On a wide screen somebody's conversation is always open; the address may name a stranger. */
export function openFirst(
  psid: string | undefined,
  people: Pick<ReadonlySet<string>, 'has'>,
): void {
  const isOpen = columns.value.some((column) => people.has(column));
  if (!isWide.value || isOpen || psid === undefined) return;
  history.replaceState(null, '', routeOf([psid]));
  opened.value = [psid];
}

function show(psids: readonly string[]): void {
  history.pushState(null, '', routeOf(psids));
  opened.value = psids;
}

wideQuery.addEventListener('change', () => {
  isWide.value = wideQuery.matches;
});
addEventListener('resize', () => {
  width.value = innerWidth;
});
addEventListener('popstate', () => {
  opened.value = parseRoute(location.hash);
});
