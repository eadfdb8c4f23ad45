import ts from 'typescript';
import { readModule, type Module, type Origin } from './module.ts';

/** All that somebody can come upon who imports one entry of a package. */
export interface Surface {
  /** Import lines of the modules of others whose types appear in it. */
  readonly imports: readonly string[];
  /** Declarations without comments and bodies, by name. Those without `export` can be reached only. */
  readonly declarations: readonly string[];
}

interface Declaration {
  readonly name: string;
  readonly text: string;
}

/**
 * What an entry exports, and what those signatures name in turn.
 *
 * @param read answers the text of a source file, by the path that imports name it with.
 */
export function surfaceOf(entry: string, read: (path: string) => string): Surface {
  const modules = new Map<string, Module>();
  const moduleAt = (path: string): Module => {
    const known = modules.get(path) ?? readModule(path, read(path));
    modules.set(path, known);
    return known;
  };
  const isOurs = ({ from }: Origin): boolean => from.endsWith('.ts');
  const settle = (origin: Origin): Origin => {
    if (!isOurs(origin)) return origin;
    const { passedOn, imported, declared } = moduleAt(origin.from);
    if (declared.has(origin.name)) return origin;
    const next = passedOn.get(origin.name) ?? imported.get(origin.name);
    if (next === undefined) throw new Error(`${origin.from} does not export ${origin.name}.`);
    return settle(next);
  };

  const { passedOn, declared } = moduleAt(entry);
  const exported = new Map<string, Origin>([
    ...[...declared.keys()].map((name) => [name, { from: entry, name }] as const),
    ...[...passedOn].map(([name, origin]) => [name, settle(origin)] as const),
  ]);
  const isExported = (origin: Origin): boolean =>
    keyOf(exported.get(origin.name)) === keyOf(origin);

  const imports = new Set<string>();
  const declarations: Declaration[] = [];
  for (const [name, origin] of exported) {
    if (!isOurs(origin)) {
      declarations.push({
        name,
        text: `export { ${renamed(origin.name, name)} } from '${origin.from}';`,
      });
    } else if (origin.name !== name) {
      declarations.push({ name, text: `export { ${renamed(origin.name, name)} };` });
    }
  }
  const seen = new Set<string>();
  const visit = (origin: Origin): void => {
    if (seen.has(keyOf(origin))) return;
    seen.add(keyOf(origin));
    const module = moduleAt(origin.from);
    for (const statement of module.declared.get(origin.name) ?? []) {
      declarations.push({ name: origin.name, text: print(statement, isExported(origin)) });
      for (const local of namesIn(statement)) {
        const next = module.imported.get(local);
        if (module.declared.has(local)) visit({ from: origin.from, name: local });
        else if (next !== undefined && isOurs(next)) visit(settle(next));
        else if (next !== undefined) imports.add(importOf(next, local));
      }
    }
  };
  for (const origin of exported.values()) if (isOurs(origin)) visit(origin);
  return {
    imports: [...imports].toSorted(),
    declarations: declarations.toSorted(byName).map(({ text }) => text),
  };
}

const keyOf = (origin: Origin | undefined): string => `${origin?.from} ${origin?.name}`;

const renamed = (inside: string, outside: string): string =>
  inside === outside ? inside : `${inside} as ${outside}`;

function importOf({ from, name }: Origin, local: string): string {
  if (name === '*') return `import type * as ${local} from '${from}';`;
  return `import type { ${renamed(name, local)} } from '${from}';`;
}

/** By code points, so that every machine sorts alike; overloads stay in their order. */
function byName(one: Declaration, other: Declaration): number {
  if (one.name === other.name) return 0;
  return one.name < other.name ? -1 : 1;
}

/** The types and values that a declaration names; type parameters among them. */
function namesIn(statement: ts.Node): Set<string> {
  const names = new Set<string>();
  const add = (name: ts.Node): void => {
    if (ts.isQualifiedName(name)) add(name.left);
    else if (ts.isPropertyAccessExpression(name)) add(name.expression);
    else if (ts.isIdentifier(name)) names.add(name.text);
  };
  const walk = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node)) add(node.typeName);
    else if (ts.isTypeQueryNode(node)) add(node.exprName);
    else if (ts.isExpressionWithTypeArguments(node)) add(node.expression);
    else if (ts.isComputedPropertyName(node)) add(node.expression);
    node.forEachChild(walk);
  };
  walk(statement);
  return names;
}

const printer = ts.createPrinter({ removeComments: true });

function print(statement: ts.Statement, isExported: boolean): string {
  const { transformed } = ts.transform(statement, [
    (context) => (root) => {
      const visit = (node: ts.Node): ts.Node | undefined =>
        isHidden(node) ? undefined : ts.visitEachChild(node, visit, context);
      return ts.visitNode(root, visit) as ts.Statement;
    },
  ]);
  const text = printer.printNode(
    ts.EmitHint.Unspecified,
    transformed[0] ?? statement,
    statement.getSourceFile(),
  );
  const bare = text.replace(/^export /, '');
  return isExported ? `export ${bare}` : bare;
}

/** What nobody outside of a class can name. A private constructor is: it keeps `new` away. */
function isHidden(node: ts.Node): boolean {
  if (!ts.isClassElement(node) || ts.isConstructorDeclaration(node)) return false;
  if (node.name !== undefined && ts.isPrivateIdentifier(node.name)) return true;
  return (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private) !== 0;
}
