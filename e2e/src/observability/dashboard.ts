import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../deploy/repository.ts';

interface Target {
  readonly refId: string;
  readonly datasource: { readonly type: string; readonly uid: string };
  readonly expr: string;
  readonly legendFormat: string;
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>;
  readonly datasource?: Target['datasource'];
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
  readonly targets?: readonly Target[];
}

interface Dashboard {
  readonly panels: readonly Panel[];
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly type: string }[];
  };
}

export function readDashboard(): Dashboard {
  const text = readFileSync(join(repository, 'deploy/observability/dashboard.json'), 'utf8');
  return JSON.parse(text) as Dashboard;
}

/** Every query of the dashboard, as Prometheus is asked it. */
export function queriesOf({
  panels,
}: Dashboard): { panel: string; expr: string; legend: string }[] {
  return panels.flatMap(({ title: panel, targets = [] }) =>
    targets.map(({ expr, legendFormat: legend }) => {
      return { panel, expr: expr.replaceAll('$__rate_interval', '1m'), legend };
    }),
  );
}
