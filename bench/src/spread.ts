export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const half = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(half)] ?? 0) + (sorted[Math.ceil(half)] ?? 0)) / 2;
}

/** `1.24x (1.20 to 1.31)`: the median of ratios, and the least and the greatest. */
export function spread(ratios: readonly number[], digits = 2): string {
  const [middle, least, greatest] = [median(ratios), Math.min(...ratios), Math.max(...ratios)].map(
    (ratio) => ratio.toFixed(digits),
  );
  return `${middle}x (${least} to ${greatest})`;
}

/** With three digits that say something, or more before the point. */
export function brief(value: number): string {
  const digits = Math.abs(value) >= 1_000 ? {} : { maximumSignificantDigits: 3 };
  return value.toLocaleString('en', { maximumFractionDigits: 0, ...digits });
}
