import { elapsedMs } from './clock.ts';

/** What the person at the keyboard sees. */
export interface Terminal {
  /** Shows a step while it works, then a tick and its time, or a cross. */
  step<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
  say(line: string): void;
  complain(text: string): void;
}

export function createTerminal(): Terminal {
  const live = process.stdout.isTTY;
  return {
    async step(name, work) {
      const begun = elapsedMs();
      process.stdout.write(live ? `… ${name}` : `… ${name}\n`);
      const end = (mark: string): void => {
        const seconds = ((elapsedMs() - begun) / 1_000).toFixed(1);
        process.stdout.write(`${live ? '\r' : ''}${mark} ${name}  ${seconds} s\n`);
      };
      try {
        const result = await work();
        end('✓');
        return result;
      } catch (error) {
        end('✗');
        throw error;
      }
    },
    say: (line) => void process.stdout.write(`${line}\n`),
    complain: (text) => void process.stderr.write(`${text}\n`),
  };
}
