import { describe, expect, it } from 'vitest';
import { createGreeter } from './greeter.ts';

describe('a greeter', () => {
  it('greets a person', () => {
    expect(createGreeter().greet('Hà')).toBe('Chào Hà!');
  });

  it('greets with another word', () => {
    expect(createGreeter({ word: 'Hello' }).greet('Hà')).toBe('Hello Hà!');
  });

  it('refuses to say nothing', () => {
    expect(() => createGreeter({ word: ' ' })).toThrow('word must not be empty.');
  });
});
