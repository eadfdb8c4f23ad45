import ts from 'typescript';
import { declaredNames, parseDeclarations } from './module.ts';
import { sectionsOf } from './report.ts';

/** What somebody who upgrades may notice. `break`: what compiled before may not any more. */
export type Kind = 'addition' | 'break';

export interface Change {
  readonly kind: Kind;
  /** Such as `Queue of @bot/queue`. */
  readonly what: string;
}

/** How the surface of a package differs from a report of before; an empty one is no surface. */
export function changesBetween(before: string, after: string): Change[] {
  const [old, current] = [sectionsOf(before), sectionsOf(after)];
  return [...new Set([...old.keys(), ...current.keys()])].flatMap((entry) => {
    const [was, is] = [declarationsOf(old.get(entry)), declarationsOf(current.get(entry))];
    return [...new Set([...was.keys(), ...is.keys()])].flatMap((name): Change[] => {
      const kind = compareAll(was.get(name) ?? [], is.get(name) ?? []);
      return kind === undefined ? [] : [{ kind, what: `${name} of ${entry}` }];
    });
  });
}

function declarationsOf(code = ''): Map<string, ts.Statement[]> {
  const declarations = new Map<string, ts.Statement[]>();
  for (const statement of parseDeclarations(code).statements) {
    const names = ts.isImportDeclaration(statement) ? [] : namesOf(statement);
    for (const name of names)
      declarations.set(name, [...(declarations.get(name) ?? []), statement]);
  }
  return declarations;
}

function namesOf(statement: ts.Statement): string[] {
  if (!ts.isExportDeclaration(statement)) return declaredNames(statement);
  const { exportClause } = statement;
  if (exportClause === undefined || !ts.isNamedExports(exportClause)) return [];
  return exportClause.elements.map(({ name }) => name.text);
}

function compareAll(was: readonly ts.Node[], is: readonly ts.Node[]): Kind | undefined {
  if (was.length > is.length) return 'break';
  const kinds = is.map((node, index) => {
    const old = was[index];
    return old === undefined ? 'addition' : compare(old, node, '');
  });
  return worst(kinds);
}

function worst(kinds: readonly (Kind | undefined)[]): Kind | undefined {
  return kinds.includes('break') ? 'break' : kinds.find((kind) => kind !== undefined);
}

/**
 * Sound about what is gone. Of what is new it cannot know who writes it and who reads it: a member of
 * options (by the name of their type) breaks those who give them, any other is taken for an addition.
 */
function compare(was: ts.Node, is: ts.Node, owner: string): Kind | undefined {
  if (textOf(was) === textOf(is)) return undefined;
  if (was.kind !== is.kind) return 'break';
  if (ts.isVariableStatement(was) && ts.isVariableStatement(is)) {
    const [old, current] = [was.declarationList.declarations, is.declarationList.declarations];
    return compareParts(was, old[0]?.type, is, current[0]?.type, owner);
  }
  if (ts.isTypeAliasDeclaration(was) && ts.isTypeAliasDeclaration(is)) {
    return compareParts(was, was.type, is, is.type, was.name.text);
  }
  if (ts.isPropertySignature(was) && ts.isPropertySignature(is)) {
    return compareParts(was, was.type, is, is.type, owner);
  }
  if (ts.isUnionTypeNode(was) && ts.isUnionTypeNode(is)) {
    const current = new Set(is.types.map(textOf));
    return was.types.every((type) => current.has(textOf(type))) ? 'addition' : 'break';
  }
  if (isSigned(was) && isSigned(is)) return compareSignatures(was, is);
  if (hasMembers(was) && hasMembers(is)) {
    if (headOf(was) !== headOf(is)) return 'break';
    return compareMembers(was, is, nameOf(was) ?? owner);
  }
  return 'break';
}

/** Two nodes of which one part each may differ, and everything around it may not. */
function compareParts(
  was: ts.Node,
  oldPart: ts.Node | undefined,
  is: ts.Node,
  part: ts.Node | undefined,
  owner: string,
): Kind | undefined {
  if (oldPart === undefined || part === undefined) return 'break';
  const around = (node: ts.Node, inner: ts.Node): string =>
    node
      .getText()
      .slice(0, inner.getStart() - node.getStart())
      .trim();
  if (around(was, oldPart) !== around(is, part)) return 'break';
  return compare(oldPart, part, owner);
}

const printer = ts.createPrinter({ removeComments: true });

/** The same for the same types, however they are broken into lines. */
function textOf(node: ts.Node | undefined): string {
  if (node === undefined) return '';
  const text = printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile());
  return text.replaceAll(/\s+/g, ' ');
}

type Signed = ts.SignatureDeclaration;

function isSigned(node: ts.Node): node is Signed {
  return ts.isFunctionLike(node);
}

/** More parameters that need not be given are an addition; any other difference is a break. */
function compareSignatures(was: Signed, is: Signed): Kind {
  const head = (node: Signed): string =>
    [node.name, ...(node.typeParameters ?? []), node.type].map(textOf).join(' ');
  const more = is.parameters.slice(was.parameters.length);
  const isKept = was.parameters.every(
    (parameter, index) => textOf(parameter) === textOf(is.parameters[index]),
  );
  const isFree = more.every(
    ({ questionToken, dotDotDotToken }) => (questionToken ?? dotDotDotToken) !== undefined,
  );
  return head(was) === head(is) && isKept && isFree ? 'addition' : 'break';
}

type WithMembers = ts.InterfaceDeclaration | ts.ClassDeclaration | ts.TypeLiteralNode;

function hasMembers(node: ts.Node): node is WithMembers {
  return (
    ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node) || ts.isTypeLiteralNode(node)
  );
}

const nameOf = (node: WithMembers): string | undefined =>
  ts.isTypeLiteralNode(node) ? undefined : node.name?.text;

function headOf(node: WithMembers): string {
  if (ts.isTypeLiteralNode(node)) return '';
  const parts = [node.modifiers, node.typeParameters, node.heritageClauses];
  return parts.map((nodes) => (nodes ?? []).map(textOf).join()).join(' ');
}

function compareMembers(was: WithMembers, is: WithMembers, owner: string): Kind | undefined {
  const [old, current] = [membersOf(was), membersOf(is)];
  const kinds = [...new Set([...old.keys(), ...current.keys()])].map((name) => {
    const [before, after] = [old.get(name), current.get(name)];
    if (after === undefined) return 'break';
    if (before !== undefined) return compare(before, after, owner);
    const isRequired = (after as ts.PropertySignature).questionToken === undefined;
    return isRequired && owner.endsWith('Options') ? 'break' : 'addition';
  });
  return worst(kinds);
}

/** By name; overloads, which share one, by their place as well. */
function membersOf(node: WithMembers): Map<string, ts.Node> {
  const members = new Map<string, ts.Node>();
  for (const member of node.members) {
    const name = member.name?.getText() ?? ts.SyntaxKind[member.kind];
    let place = 0;
    while (members.has(`${name} ${place}`)) place += 1;
    members.set(`${name} ${place}`, member);
  }
  return members;
}
