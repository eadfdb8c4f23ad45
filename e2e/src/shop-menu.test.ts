import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '@bot/dev';
import { createEmulator, type Emulator } from '@bot/emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countAnswers } from './answers.ts';

const psid = '700000000000001';
let service: ChildProcess;
let webhookUrl: string;
let emulator: Emulator;

beforeAll(async () => {
  const port = await freePort();
  webhookUrl = `http://127.0.0.1:${port}/webhook`;
  emulator = await createEmulator({
    webhookUrl,
    appSecret: 'example-app-secret',
    verifyToken: 'example-verify-token',
    pages: [{ id: '100000000000001', accessToken: 'example-page-token' }],
    requireProof: true,
  });
  service = spawn('node', ['main.ts'], {
    cwd: join(import.meta.dirname, '..', '..', 'examples', 'shop-menu'),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      APP_SECRET: 'example-app-secret',
      VERIFY_TOKEN: 'example-verify-token',
      PAGE_ACCESS_TOKEN: 'example-page-token',
      GRAPH_API_URL: emulator.url,
    },
  });
  if (service.stdout) await once(service.stdout, 'data');
});

afterAll(async () => {
  const ended = once(service, 'exit');
  service.kill();
  await Promise.all([ended, emulator.close()]);
});

describe('the example service', () => {
  it('shakes hands, and answers with quick replies and then with the menu', async () => {
    await expect(emulator.handshake()).resolves.toEqual({ ok: true });
    const answers = countAnswers(emulator);
    emulator.say(psid, 'xin chào');
    await answers.wait(1, AbortSignal.timeout(10_000));
    emulator.say(psid, 'cho mình xem thực đơn');
    await answers.wait(2, AbortSignal.timeout(10_000));
    const said = emulator.state.conversations[psid]?.messages.filter(
      ({ direction }) => direction === 'in',
    );
    expect(said?.[0]?.payload?.quick_replies).toEqual([
      { content_type: 'text', title: 'Xem thực đơn', payload: 'MENU' },
    ]);
    expect(said?.[1]?.content).toMatchObject({ kind: 'template', templateType: 'generic' });
  });

  it('takes nothing that nobody signed', async () => {
    const answer = await fetch(webhookUrl, { method: 'POST', body: '{"object":"page"}' });
    expect(answer.status).toBe(401);
  });
});
