import type { Clock } from '@bot/queue';
import { Gauge, type Registry } from 'prom-client';

/** How long a scrape waits for an answer; a scraper's own patience is 10 s. */
const PATIENCE_MS = 2_000;

/** Adds a gauge of something that is asked for. */
export type AddGauge<Known> = (name: string, help: string, of: (known: Known) => number) => void;

/**
 * Gauges of what a store answers, asked for once at each scrape. While it does not answer they are NaN,
 * and what else the process says of itself is there.
 */
export function askedGauges<Known>(
  registry: Registry,
  figures: () => Promise<Known>,
  clock: Clock,
): AddGauge<Known> {
  let asked: Promise<Known | undefined> | undefined;
  /** Once for all gauges of a scrape, and of those that come before there is an answer. */
  const ask = (): Promise<Known | undefined> =>
    (asked ??= figures()
      .catch(() => undefined)
      .finally(() => (asked = undefined)));

  async function askInTime(): Promise<Known | undefined> {
    const answered = new AbortController();
    const late = clock.wait(PATIENCE_MS, answered.signal).then(() => undefined);
    const known = await Promise.race([ask(), late]);
    answered.abort();
    return known;
  }

  return (name, help, of) => {
    const collect = async (): Promise<void> => {
      const known = await askInTime();
      own.set(known === undefined ? Number.NaN : of(known));
    };
    const own = new Gauge({ name, help, registers: [registry], collect });
  };
}
