import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createEmulator, type Emulator } from '@bot/emulator';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const graphClient = join(import.meta.dirname, '..', '..', 'packages', 'graph-client');
const credentials = {
  appSecret: 'packed-app-secret',
  accessToken: 'packed-page-token',
  pageId: '100000000000001',
};

let folder: string;
let emulator: Emulator;

/** A folder of somebody else's, with what npm would put there. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packed-'));
  const modules = join(folder, 'node_modules');
  const installed = join(modules, '@bot', 'graph-client');
  await mkdir(installed, { recursive: true });
  await run('pnpm', ['pack', '--pack-destination', folder], { cwd: graphClient });
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz')) ?? '';
  await run('tar', ['-xzf', join(folder, tarball), '--strip-components=1', '-C', installed]);
  for (const name of ['undici', 'zod']) {
    await symlink(join(graphClient, 'node_modules', name), join(modules, name));
  }
  await copyFile(
    join(import.meta.dirname, 'packed', 'send-everything.mjs'),
    join(folder, 'send-everything.mjs'),
  );
  emulator = await createEmulator({
    webhookUrl: 'http://127.0.0.1:9/webhook',
    appSecret: credentials.appSecret,
    verifyToken: 'unused',
    requireProof: true,
    pages: [{ id: credentials.pageId, accessToken: credentials.accessToken }],
    people: [{ psid: '6174920385517204', name: 'Nguyễn Thu Hà', wroteAt: Date.now() }],
    redeliveryDelaysMs: [],
  });
});

afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the published @bot/graph-client, alone', () => {
  it('sends every kind of message, and Meta’s side takes each', async () => {
    const psid = Object.keys(emulator.state.conversations)[0] ?? '';
    const picture = join(folder, 'sen.png');
    await writeFile(picture, Buffer.alloc(300_000, 7));
    const settings = { ...credentials, baseUrl: emulator.url, psid, picture };
    const { stdout } = await run('node', ['send-everything.mjs', JSON.stringify(settings)], {
      cwd: folder,
    });
    const { sent, refused, others } = JSON.parse(stdout) as {
      sent: Record<string, string | number>;
      refused: object;
      others: string[];
    };

    expect(emulator.state.calls.filter(({ status }) => status !== 200)).toMatchObject([
      { errorCode: 100 },
    ]);
    const kinds = emulator.state.conversations[psid]?.messages.map(({ content, parameters }) => [
      content?.kind === 'template' ? content.templateType : (content?.kind ?? 'text'),
      parameters?.tag ?? parameters?.messaging_type,
    ]);
    const response = (kind: string): string[] => [kind, 'RESPONSE'];
    expect(kinds).toEqual([
      ...['text', 'text', 'image', 'audio', 'video', 'file', 'image', 'sticker'].map(response),
      ...['button', 'button', 'generic', 'media', 'media', 'receipt', 'coupon'].map(response),
      ...['product', 'image_grid', 'customer_feedback', 'customer_information'].map(response),
      ['utility', 'UTILITY'],
      ['text', 'UPDATE'],
      ['text', 'HUMAN_AGENT'],
      ...Array.from({ length: 5 }, () => response('text')),
      ['customer_feedback', 'CUSTOMER_FEEDBACK'],
      ...Array.from({ length: 3 }, () => response('text')),
    ]);
    expect(Object.keys(sent)).toHaveLength(32);
    expect(sent['long']).toBe(3);
    expect(refused).toEqual({
      kind: 'recipient-gone',
      scope: 'recipient',
      outcome: 'not-executed',
    });
    expect(others).toEqual(['function', 'function', 'function']);
  });

  it('can be required as well', async () => {
    const program = ['', '/webhook', '/builders', '/testing']
      .map((entry) => `Object.keys(require('@bot/graph-client${entry}')).length > 0`)
      .join(' && ');
    const { stdout } = await run('node', ['-p', program], { cwd: folder });
    expect(stdout.trim()).toBe('true');
  });

  it('bundles its webhook side without undici, in at most 15 kB', async () => {
    const { metafile, outputFiles } = await build({
      stdin: { contents: "export * from '@bot/graph-client/webhook'", resolveDir: folder },
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'esm',
      external: ['zod'],
      metafile: true,
      write: false,
    });
    const inputs = Object.keys(metafile.inputs).filter((name) => name.includes('node_modules'));
    expect(inputs.filter((name) => !name.includes('@bot/graph-client'))).toEqual([]);
    expect(outputFiles[0]?.contents.length).toBeLessThanOrEqual(15_000);
  });
});
