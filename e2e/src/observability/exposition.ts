/** The labels of each metric that `/metrics` shows, a histogram's parts each by its own name. */
export function labelsByMetric(...texts: readonly string[]): ReadonlyMap<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const line of texts.join('\n').split('\n')) {
    const [, metric, labels = ''] = /^([a-z]\w*)(?:\{(.*)\})? [^ ]+$/i.exec(line) ?? [];
    if (metric === undefined) continue;
    const known = found.get(metric) ?? new Set();
    for (const [, label = ''] of labels.matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)) known.add(label);
    found.set(metric, known);
  }
  return found;
}
