import { sayProgress } from './progress.ts';
import { median, spread } from './spread.ts';

/** What a round found of a contender, each with its unit in its name. */
export type Found = Readonly<Record<string, number>>;

/** What all rounds found. */
export interface Rounds {
  /** One a round. */
  values(contender: string, what: string): number[];
  /** To another contender in the same round, by default the first. */
  ratios(contender: string, what: string, to?: string): number[];
}

/**
 * Measures each in turn, so that a noisy machine is noisy for all of them, after a round that only
 * warms up. Prints medians, and their ratios to the first with the spread.
 */
export async function inTurn<Contender extends { readonly name: string }>(
  title: string,
  rounds: number,
  contenders: readonly Contender[],
  measure: (contender: Contender) => Promise<Found>,
  /** Whether they are ways of the same thing, so that ratios say something. */
  alike = true,
): Promise<Rounds> {
  const found = new Map(contenders.map(({ name }): [string, Found[]] => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const contender of contenders) {
      const stage = round === 0 ? 'warming up' : `round ${round} of ${rounds}`;
      sayProgress(`${title}: ${contender.name}, ${stage}`);
      const figures = await measure(contender);
      if (round > 0) found.get(contender.name)?.push(figures);
    }
  }
  const values = (contender: string, what: string): number[] =>
    (found.get(contender) ?? []).map((figures) => figures[what] ?? Number.NaN);
  const first = contenders[0]?.name ?? '';
  const ratios = (contender: string, what: string, to = first): number[] => {
    const other = values(to, what);
    return values(contender, what).map((value, round) => value / (other[round] ?? value));
  };
  process.stdout.write(`${title}, median of ${rounds} rounds\n`);
  for (const { name } of contenders) {
    const [any = {}] = found.get(name) ?? [];
    for (const what of Object.keys(any)) {
      const own = median(values(name, what)).toFixed(3).padStart(11);
      const beside = name === first || !alike ? '' : `  ${spread(ratios(name, what))}`;
      process.stdout.write(`  ${name.padEnd(30)}${what.padEnd(34)}${own}${beside}\n`);
    }
  }
  return { values, ratios };
}
