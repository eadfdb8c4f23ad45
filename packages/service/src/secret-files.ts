import { readFileSync } from 'node:fs';
import { ConfigError } from './config-error.ts';
import type { Environment } from './settings.ts';

/**
 * Takes `NAME` from the file that `NAME_FILE` names, as Docker and Kubernetes hand out secrets; the
 * line break at the file's end is none of it.
 *
 * @throws {ConfigError} for a file that cannot be read, or that stands beside its variable.
 */
export function readSecretFiles(environment: Environment, names: readonly string[]): Environment {
  const read = names.flatMap((name) => {
    const path = environment[`${name}_FILE`] ?? '';
    if (path === '') return [];
    if ((environment[name] ?? '') !== '') {
      throw new ConfigError(`${name}_FILE must not be set beside ${name}: choose one.`);
    }
    return [[name, textOf(`${name}_FILE`, path)] as const];
  });
  return { ...environment, ...Object.fromEntries(read) };
}

function textOf(variable: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new ConfigError(`${variable} names ${path}, which cannot be read (${code}).`, {
      cause: error,
    });
  }
}
