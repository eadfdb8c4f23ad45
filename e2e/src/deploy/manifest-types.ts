import { join } from 'node:path';
import ts from 'typescript';
import type { Manifest } from './manifests.ts';

/** Where each kind's type is. */
const modules: Readonly<Record<string, string>> = {
  'apps/v1': 'kubernetes-models/apps/v1',
  'autoscaling/v2': 'kubernetes-models/autoscaling/v2',
  'policy/v1': 'kubernetes-models/policy/v1',
  v1: 'kubernetes-models/v1',
};

/**
 * What the compiler has against manifests. Their types are made of Kubernetes' OpenAPI schemas; unlike
 * a JSON schema of these, a literal of such a type may have no field that the schema does not name.
 */
export function typeProblems(manifests: readonly Manifest[]): string[] {
  const path = join(import.meta.dirname, 'manifests-as-code.ts');
  const text = manifests
    .map(({ apiVersion, kind, ...rest }, index) => {
      const module = modules[apiVersion] ?? `no module for ${apiVersion}`;
      const literal = JSON.stringify({ apiVersion, kind, ...rest }, undefined, 1);
      return `export const m${index}: import('${module}').I${kind} = ${literal};`;
    })
    .join('\n');
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  host.readFile = (name) => (name === path ? text : readFile(name));
  host.fileExists = (name) => name === path || fileExists(name);
  const program = ts.createProgram([path], options, host);
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(path))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}
