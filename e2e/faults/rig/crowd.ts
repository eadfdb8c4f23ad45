import { delay } from '@bot/dev';
import type { Emulator } from '@bot/emulator';

/** Between what a person writes and what they write next. */
const ROUND_MS = 200;

/** People who all write again and again in the local Messenger, at a pace. */
export interface Crowd {
  /** Their ids. */
  readonly people: readonly string[];
  /** Each writes once, and then it is time for the next round. */
  writeRound(round: number): Promise<void>;
}

export function createCrowd(emulator: Emulator, size: number = 60): Crowd {
  const people = Array.from(
    { length: size },
    (_, index) => `9000000000${String(index).padStart(5, '0')}`,
  );
  return {
    people,
    async writeRound(round) {
      for (const psid of people) emulator.say(psid, `lời ${round}`);
      await delay(ROUND_MS);
    },
  };
}

/** Everybody writes so many times. */
export async function writeRounds(crowd: Crowd, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) await crowd.writeRound(round);
}

/** Everybody writes again and again, until they are told to stop. */
export class Writing {
  /** Messages of each person so far. */
  rounds = 0;
  readonly #ended: Promise<void>;
  #stopped = false;

  constructor(crowd: Crowd) {
    this.#ended = this.#write(crowd);
  }

  async #write(crowd: Crowd): Promise<void> {
    for (; !this.#stopped; this.rounds += 1) await crowd.writeRound(this.rounds);
  }

  /** Resolves after the last round. May be called again. */
  stop(): Promise<void> {
    this.#stopped = true;
    return this.#ended;
  }
}

/** What the default bot answers each of them. */
export function answersTo(rounds: number): string[] {
  return Array.from({ length: rounds }, (_, round) => `Bạn vừa nói: "lời ${round}"`);
}
