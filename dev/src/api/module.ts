import { dirname, join } from 'node:path';
import ts from 'typescript';

/** Where a name comes from: a module of ours by its path, or one of somebody else's. */
export interface Origin {
  readonly from: string;
  readonly name: string;
}

/** What one source file declares, imports and exports; types only, no bodies. */
export interface Module {
  readonly declared: ReadonlyMap<string, readonly ts.Statement[]>;
  readonly imported: ReadonlyMap<string, Origin>;
  /** Exported from elsewhere, as in `export { a } from './a.ts'`. */
  readonly passedOn: ReadonlyMap<string, Origin>;
}

/**
 * Reads a file without its neighbours: under `isolatedDeclarations` all that is exported states its
 * type, so no type has to be inferred.
 */
export function readModule(path: string, source: string): Module {
  const { outputText } = ts.transpileDeclaration(source, {
    fileName: path,
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.NodeNext,
      isolatedDeclarations: true,
      removeComments: true,
    },
  });
  const declared = new Map<string, ts.Statement[]>();
  const imported = new Map<string, Origin>();
  const passedOn = new Map<string, Origin>();
  const origin = (from: string): string =>
    from.startsWith('.') ? join(dirname(path), from) : from;
  for (const statement of parseDeclarations(outputText).statements) {
    if (ts.isImportDeclaration(statement)) {
      const from = origin((statement.moduleSpecifier as ts.StringLiteral).text);
      for (const { name, local } of importedNames(statement)) imported.set(local, { from, name });
    } else if (ts.isExportDeclaration(statement)) {
      const from = statement.moduleSpecifier as ts.StringLiteral | undefined;
      if (statement.exportClause === undefined || !ts.isNamedExports(statement.exportClause)) {
        throw new Error(`${path} exports everything of a module: name what it exports.`);
      }
      for (const { name, propertyName } of statement.exportClause.elements) {
        const inside = (propertyName ?? name).text;
        passedOn.set(name.text, {
          ...(imported.get(inside) ?? { name: inside }),
          from: from === undefined ? (imported.get(inside)?.from ?? path) : origin(from.text),
        });
      }
    } else {
      for (const name of declaredNames(statement)) {
        declared.set(name, [...(declared.get(name) ?? []), statement]);
      }
    }
  }
  return { declared, imported, passedOn };
}

export function parseDeclarations(text: string): ts.SourceFile {
  return ts.createSourceFile('surface.d.ts', text, ts.ScriptTarget.ES2023, true);
}

/** The names that a statement gives to something. */
export function declaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  const { name } = statement as ts.Statement & { readonly name?: ts.Identifier };
  return name === undefined ? [] : [name.text];
}

function importedNames({ importClause }: ts.ImportDeclaration): { name: string; local: string }[] {
  const names: { name: string; local: string }[] = [];
  if (importClause?.name !== undefined) {
    names.push({ name: 'default', local: importClause.name.text });
  }
  const bindings = importClause?.namedBindings;
  if (bindings === undefined) return names;
  if (ts.isNamespaceImport(bindings)) return [...names, { name: '*', local: bindings.name.text }];
  for (const { name, propertyName } of bindings.elements) {
    names.push({ name: (propertyName ?? name).text, local: name.text });
  }
  return names;
}
