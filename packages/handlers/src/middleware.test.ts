import { describe, expect, it } from 'vitest';
import { compose, when, type Middleware } from './middleware.ts';

const note =
  (name: string): Middleware<string[]> =>
  async (notes, next) => {
    notes.push(`${name} in`);
    await next();
    notes.push(`${name} out`);
  };

describe('compose', () => {
  it('nests middlewares in their order around what comes last', async () => {
    const notes: string[] = [];
    await compose(note('a'), note('b'))(notes, async () => void notes.push('last'));
    expect(notes).toEqual(['a in', 'b in', 'last', 'b out', 'a out']);
  });

  it('ends where a middleware does not call next', async () => {
    const notes: string[] = [];
    await compose<string[]>(() => {}, note('b'))(notes, async () => void notes.push('last'));
    expect(notes).toEqual([]);
  });

  it('is associative', async () => {
    const [left, right]: [string[], string[]] = [[], []];
    const last = async (): Promise<void> => {};
    await compose(compose(note('a'), note('b')), note('c'))(left, last);
    await compose(note('a'), compose(note('b'), note('c')))(right, last);
    expect(left).toEqual(right);
  });

  it('refuses a second call of next', async () => {
    const twice: Middleware<string[]> = async (_, next) => {
      await next();
      await next();
    };
    await expect(compose(twice)([], async () => {})).rejects.toThrow('called next() twice');
  });

  it('lets an error of an inner middleware reach the outer one', async () => {
    const seen: unknown[] = [];
    const boundary: Middleware<object> = async (_, next) => {
      try {
        await next();
      } catch (error) {
        seen.push(error);
      }
    };
    const failure = new Error('inner');
    await compose<object>(boundary, () => Promise.reject(failure))({}, async () => {});
    expect(seen).toEqual([failure]);
  });
});

describe('when', () => {
  it('passes over the inner middleware when the guard says no', async () => {
    const isLong = (notes: string[]): notes is string[] => notes.length > 0;
    const notes: string[] = [];
    await when(isLong, note('inner'))(notes, async () => void notes.push('last'));
    expect(notes).toEqual(['last']);
  });
});
