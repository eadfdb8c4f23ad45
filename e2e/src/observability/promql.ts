import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

/** What a query asks of one metric. */
export interface Selection {
  readonly metric: string;
  /** Labels that are matched there, or by which what was found is grouped or joined. */
  readonly labels: readonly string[];
}

/**
 * Every metric of a query, with the labels that it must have.
 *
 * @throws {SyntaxError} at the place that is no PromQL.
 */
export function selectionsOf(query: string): Selection[] {
  const text = (node: SyntaxNode): string => query.slice(node.from, node.to);
  const found: Selection[] = [];

  function visit(node: SyntaxNode, grouped: readonly string[]): void {
    if (node.type.isError) {
      throw new SyntaxError(`no PromQL at ${node.from}: ${query.slice(node.from)}`);
    }
    const labels = [...grouped, ...groupingOf(node).map(text)];
    if (node.name === 'VectorSelector') {
      const metric = node.getChild('Identifier');
      const matched = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
      const names = matched.flatMap((matcher) => matcher.getChildren('LabelName')).map(text);
      found.push({ metric: metric ? text(metric) : '', labels: [...labels, ...names] });
    }
    for (let child = node.firstChild; child; child = child.nextSibling) visit(child, labels);
  }

  visit(parser.parse(query).topNode, []);
  return found;
}

/** The labels of `by (…)` at an aggregation. */
function groupingOf(node: SyntaxNode): SyntaxNode[] {
  const modifier = node.name === 'AggregateExpr' ? node.getChild('AggregateModifier') : null;
  if (!modifier?.getChild('By')) return [];
  return modifier.getChild('GroupingLabels')?.getChildren('LabelName') ?? [];
}
