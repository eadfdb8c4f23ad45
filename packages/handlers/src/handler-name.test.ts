import { expect, it } from 'vitest';
import { handlerOf, runNamed } from './handler-name.ts';

it('is at the end the name of what took the event, and not of what let it go on', async () => {
  const turn = {};
  await runNamed(
    turn,
    'outer',
    (next) => next(),
    () =>
      runNamed(
        turn,
        'inner',
        async () => {},
        async () => {},
      ),
  );
  expect(handlerOf(turn)).toBe('inner');
});
