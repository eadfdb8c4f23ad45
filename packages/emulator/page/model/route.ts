/** The people whose conversations are open, as the address says it: `#<psid>,<psid>`. */
export function parseRoute(hash: string): readonly string[] {
  const psids = hash.replace(/^#/, '').split(',');
  return [...new Set(psids.filter((psid) => /^\d{1,32}$/.test(psid)))];
}

export function routeOf(psids: readonly string[]): string {
  return `#${psids.join(',')}`;
}

/** Opens one more beside the others; the oldest gives way when there is no room. */
export function openBeside(
  columns: readonly string[],
  psid: string,
  room: number,
): readonly string[] {
  if (columns.includes(psid)) return columns;
  return [...columns, psid].slice(-room);
}

/** Opens a conversation in the place of the one that has the focus. */
export function openInstead(
  columns: readonly string[],
  focused: string | undefined,
  psid: string,
): readonly string[] {
  if (columns.includes(psid)) return columns;
  if (focused === undefined || !columns.includes(focused)) return [psid];
  return columns.map((column) => (column === focused ? psid : column));
}

const MOST_COLUMNS = 3;
const COLUMN_PX = 370;
const LIST_PX = 340;
const PANEL_PX = 430;

/** How many conversations a window of that width can show side by side. */
export function roomFor(width: number, withPanel: boolean): number {
  const left = width - LIST_PX - (withPanel ? PANEL_PX : 0);
  return Math.min(MOST_COLUMNS, Math.max(1, Math.floor(left / COLUMN_PX)));
}

/** Those that have room: the last opened, and always the one that has the focus. */
export function fitColumns(
  opened: readonly string[],
  focused: string | undefined,
  room: number,
): readonly string[] {
  const rank = (psid: string): number => (psid === focused ? 0 : 1);
  const ranked = opened
    .toReversed()
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, room);
  const kept = new Set(ranked);
  return opened.filter((psid) => kept.has(psid));
}
