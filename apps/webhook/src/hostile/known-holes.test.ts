import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  exchange,
  message,
  rawDelivery,
  signature,
  startWebhook,
  statusesOf,
  type Webhook,
} from './webhook.test-setup.ts';

const read = (path: string): string =>
  readFileSync(join(import.meta.dirname, '../../../..', path), 'utf8');
const lockfile = read('pnpm-lock.yaml');

/** The versions of a package that the lockfile installs. */
function locked(name: string): string[] {
  const found = lockfile.matchAll(new RegExp(`^  '?${name}@([\\d.]+)[^\\n]*:`, 'gm'));
  return [...new Set([...found].map(([, version = '']) => version))];
}

const isOlder = (version: string, than: string): boolean =>
  version.localeCompare(than, 'en', { numeric: true }) < 0;

describe('no version with a known hole is installed', () => {
  it.each([
    // CVE-2025-32442, CVE-2026-25223, -25224, -3419, -3635, -33806, and -107832 in 5.12.2 to 5.12.5
    ['fastify', '5.12.6'],
    // CVE-2026-92395
    ['@fastify/proxy-addr', '5.1.1'],
    // CVE-2025-47279, CVE-2026-1525, -1527, -2581, -6733; and its WebSocket's, which nothing here
    // opens: -1526, -1528, -2229, -9675, -85024.
    ['undici', '8.10.2'],
  ])('of %s before %s', (name, floor) => {
    expect(locked(name)).not.toEqual([]);
    expect(locked(name).filter((version) => isOlder(version, floor))).toEqual([]);
  });

  it('of the Redis in compose.yaml, whose Lua the scripts need', () => {
    const [, version = ''] = /image: redis:([\d.]+)$/m.exec(read('deploy/compose.yaml')) ?? [];
    // CVE-2025-49844 is closed in 8.2.2, CVE-2026-23631 in 8.6.3.
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(isOlder(version, '8.6.3')).toBe(false);
  });
});

describe('a hole of the framework, were it back, is no hole of the webhook', () => {
  let webhook: Webhook;
  afterEach(() => webhook.close());

  it.each([
    ['CVE-2025-32442', 'ApPlIcAtIoN/jSoN ; charset=utf-8'],
    ['CVE-2026-25223', 'application/json\ta'],
    ['CVE-2026-3419', 'application/json garbage'],
    ['CVE-2026-33806', ' application/json'],
  ])('%s: the type %j chooses neither the parser nor the check', async (_hole, type) => {
    webhook = await startWebhook();
    const body = message('m_1');
    const send = async (...headers: string[]): Promise<number[]> =>
      statusesOf(await exchange(webhook.port, rawDelivery(body, headers)));
    const line = `content-type:${type}`;
    expect(await send(line)).toEqual([401]);
    expect(await send(line, signature(`${body} `))).toEqual([401]);
    expect(webhook.queued).toEqual([]);
    expect(await send(line, signature(body))).toEqual([200]);
    expect(webhook.queued).toHaveLength(1);
  });

  it('CVE-2026-3635, -92395: what a proxy is said to have forwarded is not believed', async () => {
    // No route of the webhook asks for these, so one is added that does.
    webhook = await startWebhook({}, (app) => {
      app.get('/who', async ({ ip, ips, host, protocol }) => ({ ip, ips, host, protocol }));
    });
    const answer = await webhook.app.inject({
      url: '/who',
      headers: {
        host: 'bot.example',
        'x-forwarded-for': '10.0.0.1, 127.0.0.1',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
      },
    });
    expect(answer.json()).toEqual({ ip: '127.0.0.1', host: 'bot.example', protocol: 'http' });
  });

  it('CVE-2026-1525, from the other side: two lengths are one too many', async () => {
    webhook = await startWebhook();
    const body = message('m_1');
    const length = `content-length: ${body.length}`;
    const bytes = rawDelivery(body, [length, signature(body)]);
    expect(statusesOf(await exchange(webhook.port, bytes))).toEqual([400]);
    expect(webhook.queued).toEqual([]);
  });
});
