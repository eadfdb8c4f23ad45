import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DCLinter } from 'dclint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig as readWebhookConfig } from '../../apps/webhook/src/config.ts';
import { readConfig as readWorkerConfig } from '../../apps/worker/src/config.ts';
import { composeFile, readCompose } from './deploy/compose.ts';
import { readDockerfile } from './deploy/dockerfile.ts';
import { typeProblems } from './deploy/manifest-types.ts';
import { manifest, readManifests } from './deploy/manifests.ts';
import { apps, repository, type App } from './deploy/repository.ts';

/** Made up; every secret that the files ask for. */
const secrets = {
  REDIS_PASSWORD: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
  REDIS_URL: 'redis://bot:0f1e2d3c4b5a69788796a5b4c3d2e1f0@redis.example:6379',
  APP_SECRET: '0123456789abcdef0123456789abcdef',
  VERIFY_TOKEN: 'từ-nào-cũng-được',
  PAGE_ACCESS_TOKEN: 'EAAB',
};
/** How long an app may take from SIGTERM to its end: turns have 10 s, requests 15 s. */
const STOP_SECONDS = 15;

const readConfig = { webhook: readWebhookConfig, worker: readWorkerConfig };
const read = (...path: string[]): string => readFileSync(join(repository, ...path), 'utf8');

/** The variables that an app's source names. */
function known(app: App): string[] {
  const text = read('apps', app, 'src', 'config.ts') + read('packages/service/src/settings.ts');
  return Array.from(
    text.matchAll(/^ {2}([A-Z][A-Z_]+): (?:z$|z\.|wholeNumber\()/gm),
    ([, name = '']) => name,
  );
}

/** What needs not be handed on, and why. */
const leftOut: Readonly<Record<string, string>> = {
  PORT: 'the image sets it',
  HOST: 'a container listens on every address',
  GRAPH_API_URL: 'Meta has one; another is for a local Messenger',
};

/** The variables of an app that the README has a row for. */
function promised(app: App): string[] {
  const rows = read('README.md').matchAll(/^\| ((?:`[A-Z_]+`,? )+) *\| (both|webhook|worker) /gm);
  return Array.from(rows, ([, names = '', whose]) =>
    whose === 'both' || whose === app ? (names.match(/[A-Z_]+/g) ?? []) : [],
  ).flat();
}

const handedOn = (app: App): string[] => promised(app).filter((name) => !(name in leftOut));

describe("the README's variables", () => {
  it.each(apps)('are those that the %s reads', (app) => {
    expect(promised(app).toSorted()).toEqual(known(app).toSorted());
  });

  it('are handed on, but for a few that exist', () => {
    expect(apps.flatMap(promised)).toEqual(expect.arrayContaining(Object.keys(leftOut)));
  });
});

describe('the Dockerfile', () => {
  const stages = readDockerfile();

  it('has the Node that the launcher brings', () => {
    const [, version] = /NODE_VERSION = '([\d.]+)'/.exec(read('scripts', 'toolchain.mjs')) ?? [];
    const bases = [...stages.values()].map(({ base }) => base).filter((base) => !stages.has(base));
    expect(new Set(bases)).toEqual(new Set([`node:${version}-trixie-slim`]));
  });

  it.each(apps)('runs the %s as a user with few rights, and lets signals through', (app) => {
    const { user, command, health, env } = stages.get(app) ?? {};
    expect(user).toBe('1000:1000');
    expect(command).toEqual(['node', '--max-semi-space-size=64', 'dist/main.js']);
    expect(health?.[0]).toBe('node');
    expect(env?.['NODE_ENV']).toBe('production');
    expect(env?.['PORT']).toBe(String(readConfig[app](secrets).port));
  });

  it('is not given what belongs to nobody else', () => {
    const ignored = read('.dockerignore').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.git', '**/.env', '**/.env.*']));
  });
});

describe('compose.yaml', () => {
  const compose = readCompose(secrets);

  it('is what the Compose specification allows', () => {
    // Keys stand by what belongs together; Redis comes before what needs it.
    const order = [
      'service-keys-order',
      'services-alphabetical-order',
      'top-level-properties-order',
    ];
    const rules = Object.fromEntries(order.map((rule) => [rule, 0 as const]));
    const linter = new DCLinter({ quiet: true, debug: false, exclude: [], rules });
    // Its declarations do not reach their own files.
    const results = linter.lintFiles([composeFile], false) as { messages: object[] }[];
    expect(results.flatMap(({ messages }) => messages)).toEqual([]);
    expect(results).toHaveLength(1);
  });

  it.each(apps)('gives the %s all that the README has, and nothing else', (app) => {
    const { environment = {}, build } = compose.services[app] ?? {};
    expect(() => readConfig[app](environment)).not.toThrow();
    expect(Object.keys(environment).toSorted()).toEqual(handedOn(app).toSorted());
    expect(build).toMatchObject({ dockerfile: 'deploy/Dockerfile', target: app });
  });

  it.each(Object.keys(compose.services))('lets %s do little, and end in order', (name) => {
    const service = compose.services[name];
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    expect(service?.restart).toBe('unless-stopped');
    expect(Number.parseInt(service?.stop_grace_period ?? '', 10)).toBeGreaterThan(STOP_SECONDS);
  });

  it.each(['REDIS_PASSWORD', 'APP_SECRET', 'VERIFY_TOKEN'])('needs %s', (name) => {
    expect(() => readCompose({ ...secrets, [name]: '' })).toThrow(name);
  });

  it('needs a Page or a file of them, as the worker says', () => {
    const of = (pages: object): Record<string, string> =>
      readCompose({ ...secrets, PAGE_ACCESS_TOKEN: '', ...pages }).services['worker']
        ?.environment ?? {};
    expect(() => readConfig.worker(of({}))).toThrow(/^PAGE_ACCESS_TOKEN is missing/);
    const PAGES_FILE = '/run/pages/pages.json';
    expect(readConfig.worker(of({ PAGES_FILE })).pages).toEqual({ file: PAGES_FILE });
  });

  it('gives its Redis user the rights that the packages name, and no others', () => {
    const rights = (text: string): string[] => text.match(/(?<=\s|`)[~+][^\s`]+/g) ?? [];
    const [user = ''] = /^user bot .*/m.exec(compose.configs['redis']?.content ?? '') ?? [];
    const [queue = ''] = /^ACL SETUSER bot .*/m.exec(read('packages/queue/README.md')) ?? [];
    const [sessions = ''] = /`~bot:session:[^`]*`/.exec(read('packages/handlers/README.md')) ?? [];
    const [history = ''] = /`~\{bot:[^`]*`/.exec(read('packages/history/README.md')) ?? [];
    const [records = ''] = /`~bot:deletion:[^`]*`/.exec(read('docs/privacy.md')) ?? [];
    const [pages = ''] = /`~bot:pages:[^`]*`/.exec(read('README.md')) ?? [];
    const named = [queue, sessions, history, records, pages].flatMap(rights);
    expect(new Set(rights(user))).toEqual(new Set(named));
  });

  it('opens the webhook to its own machine only', () => {
    const open = Object.values(compose.services).flatMap(({ ports = [] }) => ports);
    expect(open).toEqual(['127.0.0.1:3000:3000']);
  });
});

describe('the manifests of Kubernetes', () => {
  const manifests = [...readManifests().values()].flat();

  it('are what Kubernetes’ schemas allow', () => {
    expect(manifests).toHaveLength(10);
    expect(typeProblems(manifests)).toEqual([]);
  });

  it('would be refused with a field that is misspelt', () => {
    const text = JSON.stringify(manifest('Deployment', 'worker'));
    const wrong = text.replace('"readOnlyRootFilesystem"', '"readOnlyRootFileSystem"');
    const problems = typeProblems([JSON.parse(wrong) as (typeof manifests)[number]]);
    expect(problems.join()).toContain('readOnlyRootFileSystem');
  });

  it('are all applied but the secret, which has no values', () => {
    const { resources, images } = parse(read('deploy/kubernetes/kustomization.yaml')) as {
      resources: string[];
      images: { name: string }[];
    };
    const files = [...readManifests().keys()].filter((file) => file !== 'secret.example.yaml');
    expect(resources.toSorted()).toEqual(files.toSorted());
    expect(images.map(({ name }) => name)).toEqual(apps.map((app) => `messenger-bot/${app}`));
    const { stringData = {} } = manifest('Secret', 'messenger-bot');
    expect(new Set(Object.values(stringData))).toEqual(new Set(['']));
  });

  describe.each(apps)('for the %s', (app) => {
    const { spec } = manifest('Deployment', app);
    const pod = spec?.template.spec;
    const container = pod?.containers[0];

    it('give it all that the README has, and nothing else', () => {
      const { stringData = {} } = manifest('Secret', 'messenger-bot');
      const { data = {} } = manifest('ConfigMap', 'messenger-bot');
      const environment: Record<string, string> = {};
      for (const { name, valueFrom } of container?.env ?? []) {
        const { secretKeyRef: secret, configMapKeyRef: config } = valueFrom ?? {};
        const key = secret?.key ?? config?.key ?? '';
        expect(secret === undefined ? data : stringData).toHaveProperty(key);
        environment[name] = secret
          ? (secrets[key as keyof typeof secrets] ?? '')
          : (data[key] ?? '');
      }
      expect(() => readConfig[app](environment)).not.toThrow();
      expect(Object.keys(environment).toSorted()).toEqual(handedOn(app).toSorted());
    });

    it('have the ports of the image', () => {
      const port = Number(readDockerfile().get(app)?.env['PORT']);
      expect(container?.ports).toEqual([{ name: 'http', containerPort: port }]);
      expect(manifest('Service', app).spec?.ports?.[0]?.targetPort).toBe('http');
    });

    it('agree on whom they mean', () => {
      const labels = { 'app.kubernetes.io/name': app };
      expect(spec?.template.metadata?.labels).toMatchObject(labels);
      expect(spec?.selector.matchLabels).toEqual(labels);
      expect(manifest('Service', app).spec?.selector).toEqual(labels);
      expect(manifest('PodDisruptionBudget', app).spec?.selector?.matchLabels).toEqual(labels);
      expect(manifest('HorizontalPodAutoscaler', app).spec?.scaleTargetRef.name).toBe(app);
    });

    it('let it do little, and end in order', () => {
      expect(pod?.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
      expect(container?.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      const leaving = container?.lifecycle?.preStop?.sleep?.seconds ?? 0;
      const grace = pod?.terminationGracePeriodSeconds ?? 0;
      expect(grace).toBeGreaterThan(leaving + STOP_SECONDS);
    });
  });
});
