import { checkFault } from '../faults/faults.ts';
import type { EmulatorOptions } from '../options.ts';
import type { LoadOptions } from './load.ts';

/** The part of `--help` about loads. */
export const loadUsage: string = `With load, people write at a rate, and books are kept of what is answered:

  --people <number>    how many people write, in turns
  --rate <number>      messages a second, of all together
  --for <time>         how long, e.g. 60s, 500ms or 5m
  --patience <time>    how long to wait for answers after the last message (default 30s)
  --late <time>        an answer after more than this is late (default 5s)
  --fault <json>       something that goes wrong, e.g. '{"kind":"duplicate","rate":0.01}';
                       may be given several times`;

interface LoadArguments {
  readonly people?: string | undefined;
  readonly rate?: string | undefined;
  readonly for?: string | undefined;
  readonly patience?: string | undefined;
  readonly late?: string | undefined;
  readonly fault?: readonly string[] | undefined;
}

/** @throws Error that names the argument, its rule and what was given. */
export function parseLoad(given: LoadArguments, emulator: EmulatorOptions): LoadOptions {
  return {
    emulator,
    people: wholeNumber('--people', given.people, 1_000_000),
    rate: wholeNumber('--rate', given.rate, 100_000),
    forMs: duration('--for', given.for),
    patienceMs: duration('--patience', given.patience ?? '30s'),
    lateMs: duration('--late', given.late ?? '5s'),
    faults: (given.fault ?? []).map(faultIn),
  };
}

function faultIn(json: string): LoadOptions['faults'][number] {
  try {
    return checkFault(JSON.parse(json));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`--fault ${json}: ${reason}`, { cause: error });
  }
}

function wholeNumber(name: string, value: string | undefined, most: number): number {
  if (value === undefined) throw new Error(`${name} is missing: a number from 1 to ${most}`);
  const number = /^\d{1,9}$/.test(value) ? Number(value) : 0;
  if (number >= 1 && number <= most) return number;
  throw new Error(`${name} must be a whole number from 1 to ${most}, got "${value}"`);
}

const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

function duration(name: string, value: string | undefined): number {
  if (value === undefined) throw new Error(`${name} is missing: a time such as 60s or 5m`);
  const [, number, unit] = /^(\d{1,6})(ms|s|m|h)$/.exec(value) ?? [];
  if (number === undefined || unit === undefined) {
    throw new Error(`${name} must be a time such as 500ms, 60s or 5m, got "${value}"`);
  }
  return Number(number) * units[unit as keyof typeof units];
}
