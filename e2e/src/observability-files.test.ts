import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorKind } from '@bot/graph-client';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { manifest } from './deploy/manifests.ts';
import { apps, repository } from './deploy/repository.ts';
import { queriesOf, readDashboard } from './observability/dashboard.ts';
import { logLinesOf, readGuide } from './observability/guide.ts';
import { selectionsOf } from './observability/promql.ts';
import { readAlerts } from './observability/rules.ts';

/** As which a call may end beside `ok`. */
const kinds = [
  'throttled',
  'window-closed',
  'recipient-gone',
  'page-restricted',
  'token-dead',
  'permission',
  'thread-owned',
  'media',
  'template',
  'configuration',
  'rejected',
  'transient',
  'aborted',
] as const satisfies readonly ErrorKind[];
const alerts = readAlerts();
const guide = readGuide();
const read = (...path: string[]): string => readFileSync(join(repository, ...path), 'utf8');

/** `AckSlow` has the page `ack-slow`. */
const pageOf = (alert: string): string => alert.replaceAll(/(?<=.)[A-Z]/g, '-$&').toLowerCase();

/** What a result is labelled with, as far as its query says so. */
const labelsOf = (expr: string): string[] => [
  ...selectionsOf(expr).flatMap(({ labels }) => labels),
  'instance',
];

describe('the alerts', () => {
  it('each have a name of their own', () => {
    const names = alerts.map(({ alert }) => alert);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(15);
  });

  describe.each(alerts)('$alert', ({ alert, expr, labels, annotations, ...rule }) => {
    it('says how bad it is, for how long it must last, and what it is', () => {
      expect(labels['severity']).toMatch(/^(critical|warning)$/);
      expect(rule.for).toMatch(/^\d+[sm]$/);
      expect(annotations['summary']).toMatch(/\.$/);
      expect(annotations['description']).toMatch(/\.$/);
    });

    it('names no label that it does not have', () => {
      const text = Object.values(annotations).join(' ');
      const named = Array.from(text.matchAll(/\$labels\.(\w+)/g), ([, name = '']) => name);
      expect(labelsOf(expr)).toEqual(expect.arrayContaining(named));
    });

    it('leads to its page of the guide', () => {
      const url = annotations['runbook_url'];
      const page = `${pageOf(alert)}.md`;
      expect(url).toBe(`https://git.example/messenger-bot/blob/main/docs/operations/${page}`);
      expect(guide.get(page)).toMatch(new RegExp(`^# ${alert}\n`));
      const row = new RegExp(
        `\\| \\[${alert}\\]\\(operations/${page}\\) +\\| ${labels['severity']} `,
      );
      expect(read('docs/operations.md')).toMatch(row);
    });
  });

  it('have what the guide has a page for, and the guide lists all of them', () => {
    const pages = alerts.map(({ alert }) => `${pageOf(alert)}.md`);
    expect([...guide.keys()]).toEqual(pages.toSorted());
    const links = read('docs/operations.md').matchAll(/\]\(operations\/([\w-]+\.md)\)/g);
    expect(new Set(Array.from(links, ([, page]) => page))).toEqual(new Set(pages));
  });

  it('ring for calls that fail of all Pages, and leave persons and single Pages out', () => {
    const { expr = '' } = alerts.find(({ alert }) => alert === 'GraphFailing') ?? {};
    const [, left] = /graph_calls_total\{outcome!~"([^"]+)"\}/.exec(expr) ?? [];
    const rings = kinds.filter((kind) => !new RegExp(`^(?:${left})$`).test(kind));
    expect(rings).toEqual(['media', 'template', 'configuration', 'transient']);
  });

  it('ring at four fifths of the memory that Kubernetes gives', () => {
    const { expr = '' } = alerts.find(({ alert }) => alert === 'MemoryHigh') ?? {};
    for (const app of apps) {
      const [container] = manifest('Deployment', app).spec?.template.spec?.containers ?? [];
      const limit = Number.parseInt(String(container?.resources?.limits?.['memory']), 10);
      expect(expr).toContain(`{job="${app}"} > 0.8 * ${limit} * 2^20`);
    }
  });
});

describe('the guide', () => {
  const paths = globSync('{packages,apps}/*/src/**/*.ts', { cwd: repository });
  const source = paths.filter((path) => !/\.test[.-]/.test(path)).map((path) => read(path));
  const code = source.join('\n');

  it.each([...guide].flatMap(([page, text]) => logLinesOf(text).map((line) => ({ page, line }))))(
    'quotes in $page what the log says: $line',
    ({ line }) => {
      // Not `toContain`, which would print all of it.
      expect(code.includes(line)).toBe(true);
    },
  );

  it.each([...guide])('says in %s what people notice, why, what to do, what is lost', (_, text) => {
    const headings = Array.from(text.matchAll(/^## (.*)$/gm), ([, heading]) => heading);
    expect(headings).toEqual(['For people', 'Which cause', 'What to do', 'What is lost']);
  });

  it.each([...guide])('has in %s no link that leads nowhere', (_, text) => {
    const links = Array.from(text.matchAll(/\]\(([^)#]+)\)/g), ([, link = '']) => link);
    const found = (link: string): boolean => existsSync(join(repository, 'docs/operations', link));
    expect(links.filter((link) => !found(link))).toEqual([]);
  });
});

describe('the dashboard', () => {
  const { panels, templating } = readDashboard();
  const shown = panels.filter(({ type }) => type !== 'row');

  it('has five rows, and asks whichever data source is chosen', () => {
    const rows = panels.filter(({ type }) => type === 'row').map(({ title }) => title);
    expect(rows).toEqual(['What people notice', 'The queue', 'Graph', 'Pages', 'Processes']);
    expect(templating.list).toMatchObject([{ name: 'datasource', type: 'datasource' }]);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });

  it.each(shown)('shows in $title something, in a unit', ({ fieldConfig, datasource, targets }) => {
    expect(fieldConfig?.defaults.unit).toMatch(/^(s|short|bytes|percentunit|ops|reqps)$/);
    expect(targets?.length).toBeGreaterThan(0);
    for (const each of [datasource, ...(targets ?? []).map((target) => target.datasource)]) {
      expect(each).toEqual({ type: 'prometheus', uid: '${datasource}' });
    }
  });

  it('lays no panel over another', () => {
    const squares = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
    );
    expect(new Set(squares).size).toBe(squares.length);
    expect(Math.max(...panels.map(({ gridPos: { x, w } }) => x + w))).toBeLessThanOrEqual(24);
  });

  it.each(queriesOf(readDashboard()))('has for $panel, $legend, the labels', ({ expr, legend }) => {
    const named = Array.from(legend.matchAll(/\{\{(\w+)\}\}/g), ([, name = '']) => name);
    expect(labelsOf(expr)).toEqual(expect.arrayContaining(named));
  });
});

describe('the examples for Prometheus', () => {
  interface Scrape {
    readonly job_name: string;
    readonly relabel_configs?: readonly {
      readonly source_labels: readonly string[];
      readonly regex?: string;
      readonly target_label?: string;
    }[];
  }
  const scrapes = (file: string): Scrape[] => {
    const { rule_files: rules, scrape_configs: found } = parse(
      read('deploy/observability', file),
    ) as { rule_files: string[]; scrape_configs: Scrape[] };
    expect(rules).toEqual(['alerts.yaml']);
    return found;
  };

  it('have a job for each app', () => {
    expect(scrapes('prometheus.yml').map(({ job_name: job }) => job)).toEqual([...apps]);
  });

  it.each(apps)('find the pods of the %s by their labels, and call the job after it', (app) => {
    const { labels = {} } = manifest('Deployment', app).spec?.template.metadata ?? {};
    const meta = Object.fromEntries(
      Object.entries(labels).map(([name, value]) => {
        return [`__meta_kubernetes_pod_label_${name.replaceAll(/\W/g, '_')}`, value];
      }),
    );
    const [scrape] = scrapes('prometheus.kubernetes.yml');
    const [keep, job] = scrape?.relabel_configs ?? [];
    expect(meta[keep?.source_labels[0] ?? '']).toBe(keep?.regex);
    expect(job?.target_label).toBe('job');
    expect(meta[job?.source_labels[0] ?? '']).toBe(app);
  });
});
