import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IConfigMap, ISecret, IService } from 'kubernetes-models/v1';
import { parseAllDocuments } from 'yaml';
import { repository } from './repository.ts';

/** All kinds that `deploy/kubernetes` has. */
export type Manifest =
  | IConfigMap
  | IDeployment
  | IHorizontalPodAutoscaler
  | IPodDisruptionBudget
  | ISecret
  | IService;

const kubernetes = join(repository, 'deploy', 'kubernetes');

/** The manifests of `deploy/kubernetes`, by file. Not yet known to be what their type says. */
export function readManifests(): ReadonlyMap<string, readonly Manifest[]> {
  const files = readdirSync(kubernetes).filter((file) => file !== 'kustomization.yaml');
  return new Map(files.map((file) => [file, readAll(file)]));
}

function readAll(file: string): Manifest[] {
  return parseAllDocuments(readFileSync(join(kubernetes, file), 'utf8')).map((document) => {
    if (document.errors[0]) throw document.errors[0];
    return document.toJS() as Manifest;
  });
}

/** The manifest of that kind and name. */
export function manifest<Kind extends Manifest['kind']>(
  kind: Kind,
  name: string,
): Extract<Manifest, { kind: Kind }> {
  const all = [...readManifests().values()].flat();
  const found = all.find((each) => each.kind === kind && each.metadata?.name === name);
  if (found === undefined) throw new Error(`deploy/kubernetes has no ${kind} ${name}.`);
  return found as Extract<Manifest, { kind: Kind }>;
}
