/** Says what is under way, beside the figures: on the other output. */
export function sayProgress(line: string): void {
  process.stderr.write(`… ${line}\n`);
}
