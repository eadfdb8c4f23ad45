import { describe, expect, it } from 'vitest';
import { changesBetween } from './change.ts';

const report = (code: string): string => `## @bot/x\n\n\`\`\`ts\n${code}\n\`\`\`\n`;

/** What becomes of those who use `before`. */
function kindOf(before: string, after: string): string | undefined {
  const kinds = changesBetween(report(before), report(after)).map(({ kind }) => kind);
  expect(kinds.length).toBeLessThanOrEqual(1);
  return kinds[0];
}

describe('nothing has changed', () => {
  it.each([
    ['when all is the same', 'export type A = 1;', 'export type A = 1;'],
    ['when lines are broken elsewhere', 'type A = 1 | 2;', 'type A =\n  | 1\n  | 2;'],
    [
      'when only the order is another',
      'interface A { b: 1; c: 2 }\ntype D = 3;',
      'type D = 3;\ninterface A { c: 2; b: 1 }',
    ],
  ])('%s', (_, before, after) => {
    expect(kindOf(before, after)).toBeUndefined();
  });
});

describe('an addition', () => {
  it.each([
    ['a name', '', 'export type A = 1;'],
    ['a method', 'interface A { b(): 1 }', 'interface A { b(): 1; c(): 2 }'],
    ['an overload', 'interface A { b(x: 1): 1 }', 'interface A { b(x: 1): 1; b(x: 2): 2 }'],
    ['an option', 'interface AOptions { b: 1 }', 'interface AOptions { b: 1; c?: 2 }'],
    ['one deep inside', 'type A = { b: { c: 1 } };', 'type A = { b: { c: 1; d: 2 } };'],
    ['a member of a union', "type A = 'b' | 'c';", "type A = 'b' | 'c' | 'd';"],
    [
      'a parameter that need not be given',
      'declare function a(b: 1): 2;',
      'declare function a(b: 1, c?: 3): 2;',
    ],
    ['more arguments', 'type A = (b: 1) => 2;', 'type A = (b: 1, ...c: 3[]) => 2;'],
  ])('is %s', (_, before, after) => {
    expect(kindOf(before, after)).toBe('addition');
  });
});

describe('a break', () => {
  it.each([
    ['a name that is gone', 'export type A = 1;', ''],
    ['one that can no longer be imported', 'export interface A {}', 'interface A {}'],
    ['another kind of thing', 'type A = { b: 1 };', 'interface A { b: 1 }'],
    ['a member that is gone', 'interface A { b: 1; c: 2 }', 'interface A { b: 1 }'],
    ['a member that may be missing', 'interface A { b: 1 }', 'interface A { b?: 1 }'],
    [
      'an option that must be given',
      'interface AOptions { b: 1 }',
      'interface AOptions { b: 1; c: 2 }',
    ],
    ['another result', 'declare function a(): 1;', 'declare function a(): 2;'],
    ['another parameter', 'declare function a(b: 1): 2;', 'declare function a(b: 3): 2;'],
    ['a parameter more', 'declare function a(b: 1): 2;', 'declare function a(b: 1, c: 3): 2;'],
    ['another ancestor', 'declare class A extends B {}', 'declare class A extends C {}'],
    ['a member of a union that is gone', 'type A = 1 | 2;', 'type A = 1 | 3;'],
    ['another type parameter', 'type A<B> = { c: B };', 'type A<B extends 1> = { c: B };'],
    ['a value of another type', 'declare const a: 1;', 'declare const a: 2;'],
    [
      'an overload that is gone',
      'interface A { b(x: 1): 1; b(x: 2): 2 }',
      'interface A { b(x: 1): 1 }',
    ],
  ])('is %s', (_, before, after) => {
    expect(kindOf(before, after)).toBe('break');
  });

  it('is an entry that is gone, and says which name of which entry', () => {
    expect(changesBetween(report('type A = 1;'), '')).toEqual([
      { kind: 'break', what: 'A of @bot/x' },
    ]);
  });
});
