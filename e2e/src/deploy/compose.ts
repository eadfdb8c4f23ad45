import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repository } from './repository.ts';

/** What the tests ask of `deploy/compose.yaml`. */
export interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly configs: Readonly<Record<string, { readonly content: string }>>;
}

export interface ComposeService {
  readonly build?: { readonly dockerfile: string; readonly target: string };
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly restart?: string;
  readonly stop_grace_period?: string;
}

export const composeFile: string = join(repository, 'deploy', 'compose.yaml');

/**
 * Reads the file as Compose does with these variables.
 *
 * @throws for a variable that must be set and is not.
 */
export function readCompose(variables: Readonly<Record<string, string>>): Compose {
  const text = readFileSync(composeFile, 'utf8').replaceAll(
    /\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (_all, name: string, how: string | undefined, word = '') => {
      const value = variables[name] ?? '';
      if (value === '' && how === '?') throw new Error(`${name}: ${word}`);
      return value === '' && how === '-' ? word : value;
    },
  );
  return parse(text, { merge: true }) as Compose;
}
