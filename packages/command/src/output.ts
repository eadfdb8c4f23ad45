import { printable } from './printable.ts';
import type { Terminal } from './terminal.ts';

/** How far long work is. */
export interface Progress {
  advance(): void;
  /** Takes the bar away. */
  end(): void;
}

/** What a command says. */
export interface Output {
  /** Prints data as a line of JSON, or else the lines made for people of a terminal's width. */
  show(data: object, lines: (width: number) => readonly string[]): void;
  /** A line on standard error. */
  complain(line: string): void;
  /** Begins a bar where somebody watches. */
  progress(what: string, total: number): Progress;
}

export function createOutput(terminal: Terminal, { json }: { readonly json: boolean }): Output {
  return {
    show(data, lines) {
      if (json) return terminal.out(`${printable(JSON.stringify(data))}\n`);
      for (const line of lines(terminal.columns ?? Infinity)) terminal.out(`${line}\n`);
      return undefined;
    },
    complain: (line) => terminal.err(`bot: ${printable(line)}\n`),
    progress: (what, total) =>
      json || !terminal.isWatched || total < 2
        ? { advance: () => {}, end: () => {} }
        : drawProgress(terminal, what, total),
  };
}

const BAR = 20;

function drawProgress(terminal: Terminal, what: string, total: number): Progress {
  let done = 0;
  let drawn = '';
  const draw = (): void => {
    const filled = Math.floor((BAR * done) / total);
    const percent = Math.floor((100 * done) / total);
    const line = `[${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] ${percent}% of ${total} ${what}`;
    if (line === drawn) return;
    drawn = line;
    terminal.err(`\r${line}`);
  };
  draw();
  return {
    advance() {
      done += 1;
      draw();
    },
    end: () => terminal.err(`\r${' '.repeat(drawn.length)}\r`),
  };
}
