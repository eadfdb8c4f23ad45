/**
 * How far a figure has moved over a run: the median of the last third of its readings less that of
 * the first. A peak moves neither, whatever its height; what leaks moves both apart.
 */
export function drift(readings: readonly number[]): number {
  const third = Math.floor(readings.length / 3);
  if (third === 0) throw new Error(`${readings.length} readings have no thirds: read more often.`);
  return median(readings.slice(-third)) - median(readings.slice(0, third));
}

export function median(readings: readonly number[]): number {
  const sorted = readings.toSorted((one, other) => one - other);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('There is no median of nothing.');
  return middle;
}
