import { describe, expect, it } from 'vitest';
import { surfaceOf } from './surface.ts';

/** What `index.ts` shows when it stands among those files. */
function surface(files: Readonly<Record<string, string>>): string[] {
  const { imports, declarations } = surfaceOf('src/index.ts', (path) => {
    const text = files[path.replace('src/', '')];
    if (text === undefined) throw new Error(`There is no ${path}.`);
    return text;
  });
  return [...imports, ...declarations];
}

describe('a surface', () => {
  it('has the signatures by name, without bodies and comments', () => {
    expect(
      surface({
        'index.ts': "export { b } from './b.ts';\nexport { a } from './a.ts';",
        'a.ts': '/** Says. */\nexport const a: number = 1;',
        'b.ts': 'export function b(x: string, y = 2): string { return x + y; }',
      }),
    ).toEqual([
      'export declare const a: number;',
      'export declare function b(x: string, y?: number): string;',
    ]);
  });

  it('has what the exported names, without `export`, and nothing else', () => {
    expect(
      surface({
        'index.ts': "export type { A } from './a.ts';",
        'a.ts': "import type { B } from './b.ts';\nexport interface A { b: B; c: C }\ntype C = 1;",
        'b.ts': 'export type B = 2;\nexport type D = 3;',
      }),
    ).toEqual(['export interface A {\n    b: B;\n    c: C;\n}', 'type B = 2;', 'type C = 1;']);
  });

  it('names the modules of others whose types appear', () => {
    expect(
      surface({
        'index.ts': "export { connect } from './a.ts';",
        'a.ts':
          "import { Redis } from 'ioredis';\nimport { x } from 'zod';\nexport const connect = (): Redis => new Redis(x);",
      }),
    ).toEqual([
      "import type { Redis } from 'ioredis';",
      'export declare const connect: () => Redis;',
    ]);
  });

  it('follows what is passed on, also under another name', () => {
    expect(
      surface({
        'index.ts': "export { inner as outer } from './a.ts';\nexport { z } from 'zod';",
        'a.ts': "export { inner } from './b.ts';",
        'b.ts': 'export const inner: 1 = 1;',
      }),
    ).toEqual([
      'declare const inner: 1;',
      'export { inner as outer };',
      "export { z } from 'zod';",
    ]);
  });

  it('leaves out what is private in a class', () => {
    expect(
      surface({
        'index.ts': "export { A } from './a.ts';",
        'a.ts':
          'export class A { #x = 1; private y: number = 2; readonly z: number = this.#x; private constructor() {} }',
      }),
    ).toEqual(['export declare class A {\n    readonly z: number;\n    private constructor();\n}']);
  });

  it('complains of a name that is nowhere', () => {
    expect(() =>
      surface({ 'index.ts': "export { a } from './a.ts';", 'a.ts': 'export const b: 1 = 1;' }),
    ).toThrow('src/a.ts does not export a.');
  });
});
