import { freePort, poll, startRedis, type Child, type RedisServer } from '@bot/dev';
import { createEmulator, type Emulator } from '@bot/emulator';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { said } from './answers.ts';
import { readCompose } from './deploy/compose.ts';
import { makeImage, type Image } from './deploy/image.ts';
import { manifest } from './deploy/manifests.ts';
import { apps, type App } from './deploy/repository.ts';

const secrets = {
  REDIS_PASSWORD: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
  APP_SECRET: '0123456789abcdef0123456789abcdef',
  VERIFY_TOKEN: 'deploy-verify-token',
  PAGE_ACCESS_TOKEN: 'deploy-page-token',
};
const psid = '6174920385517204';

let redis: RedisServer;
const boardPassword = 'mật khẩu của bảng';
let emulator: Emulator;
const ports = {} as Record<App, number>;
const images = {} as Record<App, Image>;
const variables = {} as Record<App, Record<string, string>>;

/** Gives a Redis the settings and the users that Compose gives its own. */
async function configure(url: string, configuration: string): Promise<void> {
  const admin = new Redis(url);
  const lines = configuration.trim().split('\n');
  // `default`, who does this, has few rights afterwards: it comes last.
  const isDefault = (line: string): boolean => line.startsWith('user default ');
  for (const line of [...lines.filter((each) => !isDefault(each)), ...lines.filter(isDefault)]) {
    const [name = '', ...words] = line.split(' ');
    if (name === 'user') await admin.call('ACL', 'SETUSER', ...words);
    // The folder is that of the container.
    else if (name !== 'dir') await admin.config('SET', name, words.join(' ').replace(/^""$/, ''));
  }
  admin.disconnect();
}

beforeAll(async () => {
  const compose = readCompose({ ...secrets, BOARD_PASSWORD: boardPassword });
  for (const app of apps) ports[app] = await freePort();
  redis = await startRedis();
  const { port } = new URL(redis.url);
  await configure(redis.url, compose.configs['redis']?.content ?? '');
  emulator = await createEmulator({
    webhookUrl: `http://127.0.0.1:${ports.webhook}/webhook`,
    appSecret: secrets.APP_SECRET,
    verifyToken: secrets.VERIFY_TOKEN,
    requireProof: true,
    pages: [{ id: '100000000000001', accessToken: secrets.PAGE_ACCESS_TOKEN }],
  });
  for (const app of apps) {
    images[app] = await makeImage(app);
    const { REDIS_URL = '', ...rest } = compose.services[app]?.environment ?? {};
    variables[app] = {
      ...rest,
      HOST: '127.0.0.1',
      PORT: String(ports[app]),
      REDIS_URL: REDIS_URL.replace('redis:6379', `127.0.0.1:${port}`),
      ...(app === 'worker' ? { GRAPH_API_URL: emulator.url } : {}),
    };
  }
});

afterAll(async () => {
  for (const image of Object.values(images)) await image.remove();
  await emulator?.close();
  await redis?.close();
});

async function status(app: App, path: string): Promise<number> {
  const asked = fetch(`http://127.0.0.1:${ports[app]}${path}`);
  return asked.then(
    (answer) => answer.status,
    () => 0,
  );
}

describe('what the Dockerfile puts into its images', () => {
  it.each([
    ['webhook', ['dist/main.js']],
    ['worker', ['dist/main.js', 'dist/bot.js']],
  ] as const)('is, for the %s, what it needs to run and nothing more', async (app, programs) => {
    const names = (await images[app].contents()).map((line) => line.split(' ')[0] ?? '');
    expect(names).toEqual(expect.arrayContaining([...programs]));
    const others = /(^|\/)(typescript|vitest|tsup|esbuild|selfsigned|playwright-core)@|^src$|\.env/;
    expect(names.filter((name) => others.test(name))).toEqual([]);
    expect(await images[app].strays()).toEqual([]);
  });

  it('answers a person as Compose would run it, changes no file, and ends at SIGTERM', async () => {
    const before = await Promise.all(apps.map((app) => images[app].contents()));
    const running: Child[] = [];
    for (const app of apps) running.push(await images[app].start(variables[app]));
    try {
      for (const [index, app] of apps.entries()) {
        const { containers } = manifest('Deployment', app).spec?.template.spec ?? {};
        const { startupProbe, livenessProbe, readinessProbe } = containers?.[0] ?? {};
        for (const probe of [startupProbe, livenessProbe, readinessProbe]) {
          const path = probe?.httpGet?.path ?? 'none';
          const answers = async (): Promise<boolean> => (await status(app, path)) === 200;
          const well = await poll(answers, { timeoutMs: 20_000, everyMs: 50 });
          expect(well, `${app} ${path}: ${running[index]?.tail().join('\n')}`).toBe(true);
        }
        expect(await images[app].health(variables[app])).toBe(0);
      }

      emulator.say(psid, 'xin chào');
      await expect.poll(() => said(emulator, psid, 'in')).toHaveLength(1);

      const asking = await images.worker.start(variables.worker, ['node', 'dist/bot.js', 'status']);
      expect(await asking.exited).toMatchObject({ code: 0 });

      // Neither the board nor the watch over the Pages needs a right that Compose's user has not.
      const authorization = `Basic ${Buffer.from(`bot:${boardPassword}`).toString('base64')}`;
      const board = `http://127.0.0.1:${ports.worker}/board/api/queues`;
      const jobs = await fetch(board, { headers: { authorization } });
      expect(await jobs.json()).toMatchObject({ queues: [{ name: 'lanes' }] });
      expect((await fetch(board)).status).toBe(401);
      await expect
        .poll(async () => (await fetch(`http://127.0.0.1:${ports.worker}/metrics`)).text())
        .toMatch(/^page_checked_timestamp_seconds\{page="100000000000001"\} [1-9]/m);
      expect(running.flatMap((child) => child.tail()).join('\n')).not.toContain('NOPERM');

      const metrics = await (await fetch(`http://127.0.0.1:${ports.worker}/metrics`)).text();
      const { metrics: scaledBy = [] } = manifest('HorizontalPodAutoscaler', 'worker').spec ?? {};
      expect(metrics).toMatch(new RegExp(`^${scaledBy[0]?.external?.metric.name} `, 'm'));
    } finally {
      await Promise.all(running.map((child) => child.kill('SIGTERM')));
    }
    const ends = await Promise.all(running.map(({ exited }) => exited));
    expect(ends.map(({ code }) => code)).toEqual([0, 0]);
    expect(await images.webhook.health(variables.webhook)).toBe(1);
    expect(await Promise.all(apps.map((app) => images[app].contents()))).toEqual(before);
  });
});
