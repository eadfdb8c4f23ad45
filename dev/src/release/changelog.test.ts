import { expect, it } from 'vitest';
import { getDependencyReleaseLine, getReleaseLine } from './changelog.ts';

it('lists what a changeset says, paragraphs included', () => {
  expect(getReleaseLine({ summary: 'It hums,\nand well.\n\nIt no longer beeps.\n' })).toBe(
    '- It hums,\n  and well.\n\n  It no longer beeps.',
  );
});

it('lists what is needed in another version in one line, however many changesets that has', () => {
  const updated = ['lower', 'inner'].map((name) => ({ name: `@bot/${name}`, newVersion: '1.2.0' }));
  expect(getDependencyReleaseLine([], updated)).toBe(
    '- Needs `@bot/lower` 1.2.0, `@bot/inner` 1.2.0.',
  );
  expect(getDependencyReleaseLine([], [])).toBe('');
});
