import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a README shows. */
export interface Readme {
  /** Its examples in TypeScript, as they are written. */
  readonly examples: readonly string[];
  /** What its install lines install. */
  readonly installs: readonly string[];
}

export async function readReadme(folder: string): Promise<Readme> {
  const text = await readFile(join(folder, 'README.md'), 'utf8');
  const lines = text.matchAll(/^npm install (?:--save-dev )?(.+)$/gm);
  return {
    examples: [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code),
    installs: [...lines].flatMap(([, names = '']) => names.split(' ')),
  };
}

/** A module of its own: its imports, and the rest where `await` and `return` are at home. */
export function moduleOf(code: string): string {
  const imports = /^import [\s\S]*?;\n/gm;
  const lifted = (code.match(imports) ?? []).join('');
  return `${lifted}export async function example() {\n${code.replaceAll(imports, '')}}\n`;
}
