import type { Environment } from './environment.ts';

/**
 * Variables of our own above those of a shell: the apps take each from the file that its name with
 * `_FILE` names too, and stop when there are both. An empty one counts as absent, and one that is
 * `undefined` leaves the shell's.
 */
export function withOwn(environment: Environment, own: Environment): Environment {
  const given = Object.entries(own).filter(([, value]) => value !== undefined);
  const files = given.map(([name]) => [`${name}_FILE`, '']);
  return { ...environment, ...Object.fromEntries(files), ...Object.fromEntries(given) };
}
