import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EmulatorOptions } from '../options.ts';
import { createBooks } from './books.ts';
import { loadCommand } from './load-command.ts';
import { type LoadOptions, type LoadReport, runLoad } from './load.ts';

/** A whole bot of twenty lines: answers each text as `answer` says. */
async function createBot(
  answer: (said: string) => readonly string[],
): Promise<{ options: EmulatorOptions; listen: (graph: string) => void }> {
  let graph = '';
  /** One after another: a bot that keeps everybody's order. */
  let tail = Promise.resolve();

  async function handle(json: string): Promise<void> {
    const { entry } = JSON.parse(json) as { entry: { messaging: Incoming[] }[] };
    for (const { sender, message } of entry.flatMap(({ messaging }) => messaging)) {
      if (message?.text === undefined || message.is_echo === true) continue;
      for (const reply of answer(message.text)) {
        await fetch(`${graph}/v26.0/me/messages?access_token=token`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ recipient: sender, message: { text: reply } }),
        });
      }
    }
  }

  async function take(request: IncomingMessage): Promise<void> {
    const json = await text(request);
    // The load may be over: then nobody takes the answer.
    tail = tail.then(() => handle(json)).catch(() => {});
  }

  const server = createServer((request, response) => {
    void take(request).finally(() => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    options: {
      webhookUrl: `http://127.0.0.1:${port}/webhook`,
      appSecret: 'secret',
      verifyToken: 'verify',
      pages: [{ id: '1', accessToken: 'token' }],
    },
    listen: (url) => (graph = url),
  };
}

interface Incoming {
  readonly sender: { readonly id: string };
  readonly message?: { readonly text?: string; readonly is_echo?: boolean };
}

/** A free port is not known before it listens, and the bot must know it. */
async function loadOn(
  bot: Awaited<ReturnType<typeof createBot>>,
  more: Partial<LoadOptions> = {},
): Promise<LoadOptions> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  bot.listen(`http://127.0.0.1:${port}`);
  return {
    emulator: { ...bot.options, port },
    people: 20,
    rate: 200,
    forMs: 500,
    patienceMs: 20_000,
    lateMs: 5_000,
    faults: [],
    ...more,
  };
}

const never = new AbortController().signal;

describe('a load', () => {
  it('finds nothing wrong with a bot that answers each message once', async () => {
    const lines: string[] = [];
    const bot = await createBot((said) => [`Bạn vừa nói: ${said}`]);
    const isWell = await loadCommand(
      await loadOn(bot),
      (line) => lines.push(line),
      () => 0,
      never,
    );
    expect(isWell).toBe(true);
    const printed = lines.join('\n');
    expect(printed).toContain('20 people write 200 messages a second for 0.5 s.');
    expect(printed).toContain('sent 100: answered 100, late 0, lost 0, doubled 0, out of order 0');
    expect(printed).toMatch(/p50 \d+, p90 \d+, p99 \d+, p99\.9 \d+, p100 \d+/);
    expect(printed).toMatch(/ms +\d+ █+/);
  });

  it.each<[string, (said: string) => string[], Partial<LoadReport>]>([
    ['twice', (said) => [said, said], { answered: 100, doubled: 100, open: 0 }],
    ['only some', (said) => (said.endsWith('1') ? [] : [said]), { answered: 80, open: 20 }],
    ['without repeating', () => ['Dạ'], { answered: 100, open: 0, doubled: 0, outOfOrder: 0 }],
  ])('finds a bot that answers %s', async (_how, answer, found) => {
    const bot = await createBot(answer);
    const report = await runLoad(await loadOn(bot, { patienceMs: 1_500 }), () => {}, never);
    expect(report).toMatchObject({ sent: 100, ...found });
  });

  it('is in trouble with a webhook that is away, and says so', async () => {
    const bot = await createBot(() => []);
    const options = await loadOn(bot, { forMs: 100, patienceMs: 100 });
    const emulator = { ...options.emulator, webhookUrl: 'http://127.0.0.1:9/webhook' };
    const report = await runLoad({ ...options, emulator }, () => {}, never);
    expect(report.problem).toContain('gives no answer');
    expect(report.refused).toBeGreaterThan(0);
  });

  it('ends at once when it is told to', async () => {
    const bot = await createBot(() => []);
    const stop = new AbortController();
    const options = await loadOn(bot, { forMs: 600_000 });
    const report = await runLoad(options, () => stop.abort(), stop.signal);
    expect(report.sent).toBeGreaterThan(100);
    expect(report.ms).toBeLessThan(60_000);
  });

  it('injects faults, which the books then show as what they are', async () => {
    const bot = await createBot((said) => [said]);
    const faults = [{ kind: 'duplicate' }] as const;
    const report = await runLoad(await loadOn(bot, { faults }), () => {}, never);
    expect(report.answered).toBe(100);
    expect(report.doubled).toBeGreaterThan(0);
  });
});

describe('the books', () => {
  it('know an answer by the text that it repeats, and what was overtaken', () => {
    const books = createBooks(1_000);
    const texts = [books.sent('a', 0), books.sent('a', 10), books.sent('a', 20)];
    books.answered('a', `Bạn nói ${texts[1]}`, 110);
    books.answered('a', `Bạn nói ${texts[0]}`, 2_000);
    books.answered('a', `Bạn nói ${texts[0]}`, 2_100);
    books.answered('nobody', 'x', 2_100);
    expect(books.tally()).toEqual({
      sent: 3,
      answered: 2,
      late: 1,
      open: 1,
      doubled: 1,
      outOfOrder: 1,
    });
    expect(books.latencies.max).toBeGreaterThanOrEqual(2_000);
    expect(books.powers[7]).toBe(1);
    expect(books.powers[11]).toBe(1);
  });
});
