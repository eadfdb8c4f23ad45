import type { Emulator } from '@bot/emulator';

/** What was answered to what: the books that a test checks. */
export interface Answers {
  /** Resolves when `count` answers have come; rejects with the figures when the signal aborts. */
  wait(count: number, signal: AbortSignal): Promise<void>;
  readonly count: number;
}

/** Counts the Page's messages as they come. */
export function countAnswers(emulator: Emulator): Answers {
  const all = (): number =>
    Object.values(emulator.state.conversations).reduce(
      (sum, { messages }) => sum + messages.filter(({ direction }) => direction === 'in').length,
      0,
    );
  return {
    get count() {
      return all();
    },
    wait(count, signal) {
      return new Promise((resolve, reject) => {
        let seen = all();
        const unsubscribe = emulator.subscribe((change) => {
          if (change.kind === 'message' && change.message.direction === 'in') seen += 1;
          if (seen >= count) end(resolve);
        });
        const end = (settle: () => void): void => {
          unsubscribe();
          signal.removeEventListener('abort', give);
          settle();
        };
        const give = (): void =>
          end(() => reject(new Error(`${seen} of ${count} answers came in time.`)));
        signal.addEventListener('abort', give, { once: true });
        if (seen >= count) end(resolve);
      });
    },
  };
}

/** The texts of one conversation, by who said them. */
export function said(emulator: Emulator, psid: string, direction: 'in' | 'out'): string[] {
  const messages = emulator.state.conversations[psid]?.messages ?? [];
  return messages
    .filter((message) => message.direction === direction)
    .map(({ text }) => text ?? '');
}
