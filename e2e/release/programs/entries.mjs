/** Imports and requires each entry that is named; both must have the same names. */
import { deepStrictEqual, ok } from 'node:assert/strict';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
for (const entry of process.argv.slice(2)) {
  const names = Object.keys(await import(entry)).toSorted();
  ok(names.length > 0, `${entry} exports nothing`);
  deepStrictEqual(
    Object.keys(require(entry))
      .filter((name) => name !== '__esModule')
      .toSorted(),
    names,
  );
}
