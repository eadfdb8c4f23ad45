import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const examples = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code);

/** What the examples take for granted. */
const given = `
import * as client from '@bot/graph-client';
declare global {
  const createGraphClient: typeof client.createGraphClient;
  const defaultPipeline: typeof client.defaultPipeline;
  const classify: typeof client.classify;
  const PAGE_INBOX_APP_ID: string;
  type Middleware = client.Middleware;
  const graph: client.GraphClient;
  const pageAccessToken: string, appSecret: string, verifyToken: string, pageId: string;
  const psid: string, mid: string, text: string, labelId: string, stepId: string;
  const first: string, second: string, timestamp: number, body: Uint8Array;
  const query: Record<string, unknown>, headers: Record<string, string | undefined>;
  function reply(status: number, body?: string): void;
  function waitForEcho(step: string): Promise<void>;
  function tryAgainIn(ms: number): Promise<void>;
  const histogram: { record(ms: number, attributes: object): void };
}
`;

/** A module of its own: its imports, and the rest where `await` and `return` are at home. */
function moduleOf(code: string): string {
  const imports = /^import [\s\S]*?;\n/gm;
  const lifted = (code.match(imports) ?? []).join('');
  return `${lifted}export async function example() {\n${code.replaceAll(imports, '')}}\n`;
}

it('has a README whose examples compile', { timeout: 60_000 }, () => {
  const files = new Map([
    [join(root, 'src', 'given.ts'), given],
    ...examples.map(
      (code, index) => [join(root, 'src', `example-${index}.ts`), moduleOf(code)] as const,
    ),
  ]);
  const { config } = ts.readConfigFile(join(root, '..', '..', 'tsconfig.base.json'), (path) =>
    readFileSync(path, 'utf8'),
  ) as { config: { compilerOptions: object } };
  const { options } = ts.convertCompilerOptionsFromJson(
    { ...config.compilerOptions, isolatedDeclarations: false, noUnusedLocals: false },
    root,
  );
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.fileExists = (path) => files.has(path) || fileExists(path);
  const program = ts.createProgram([...files.keys()], options, host);
  const problems = [...files.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    return ts.getPreEmitDiagnostics(program, file);
  });
  expect(examples.length).toBeGreaterThan(10);
  expect(
    problems.map(({ messageText, file }) => [
      ts.flattenDiagnosticMessageText(messageText, ' '),
      file?.text,
    ]),
  ).toEqual([]);
});
