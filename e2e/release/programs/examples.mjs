/** Runs the examples of one README one after another: `node examples.mjs queue`. */
import { existsSync, readdirSync } from 'node:fs';

const [name] = process.argv.slice(2);
const given = `./given/${name}.mjs`;
const { prepare, verify } = existsSync(given) ? await import(given) : {};
const results = {};

for (const file of readdirSync(`readme/${name}`).toSorted()) {
  const tidy = await prepare?.();
  const { example } = await import(`./readme/${name}/${file}`);
  results[file] = await settle(example());
  await tidy?.();
}
results.verify = await settle(verify?.());
console.log(JSON.stringify(results));
// Workers and queues of examples are still open.
process.exit();

async function settle(promise) {
  const late = AbortSignal.timeout(15_000);
  const { promise: never, reject } = Promise.withResolvers();
  late.addEventListener('abort', () => reject(new Error('It did not end within 15 s')));
  return Promise.race([promise, never]).then(
    () => 'ran',
    (error) => String(error?.stack ?? error),
  );
}
