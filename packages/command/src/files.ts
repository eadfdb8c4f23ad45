/** The files that a command reads and writes. */
export interface Files {
  /** @throws what `node:fs` throws. */
  read(path: string): Promise<string>;
  /** The whole file or nothing of it. */
  write(path: string, text: string): Promise<void>;
}
