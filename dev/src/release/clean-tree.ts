import { SetupError } from '../setup-error.ts';
import type { Repository } from './repository.ts';

/** @throws SetupError when something is not committed, and would be left out or smuggled in. */
export async function assertCleanTree({ run }: Repository): Promise<void> {
  const changes = await run('git', 'status', '--porcelain');
  if (changes === '') return;
  const [first = '', ...rest] = changes.split('\n');
  const others = rest.length === 0 ? '' : ` and ${rest.length} more`;
  throw new SetupError(
    `The working tree is dirty (${first.trim()}${others}): commit or stash it. Nothing was published.`,
  );
}
