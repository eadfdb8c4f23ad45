import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { documents, encodings, limit, sizes } from './bodies.test-setup.ts';
import { contentTypes } from './content-types.test-setup.ts';
import { deletions } from './deletions.test-setup.ts';
import { broken, unfinished, type Broken } from './framing.test-setup.ts';
import { idleHeaders, requests } from './requests.test-setup.ts';
import { shapes } from './shapes.test-setup.ts';
import { badSignatures, forgedBody } from './signatures.test-setup.ts';
import {
  exchange,
  healthy,
  mark,
  message,
  rawDelivery,
  secret,
  signature,
  startWebhook,
  statusesOf,
  verifyToken,
  type Webhook,
} from './webhook.test-setup.ts';

const bodies = [...sizes, ...encodings, ...documents, ...shapes];
const headers = [...contentTypes.map((type) => `content-type: ${type}`), ...idleHeaders];

const forged: readonly Broken[] = badSignatures.map(([name, lines]) => ({
  name: `signed with ${name}`,
  bytes: rawDelivery(forgedBody, lines),
  answers: [401],
}));
const unsigned: readonly Broken[] = [
  ...broken,
  ...requests,
  ...headers.map((line) => ({
    name: line.slice(0, 60),
    bytes: rawDelivery(forgedBody, [line]),
    answers: [401],
  })),
  ...bodies.map(([name, body]) => ({
    name: `unsigned: ${name}`,
    bytes: rawDelivery(body),
    answers: [401],
  })),
];
const signed: readonly Broken[] = [
  ...headers.map((line, at) => {
    const body = message(`m_header_${at}`);
    const bytes = rawDelivery(body, [line, signature(body)]);
    return { name: `signed: ${line.slice(0, 60)}`, bytes, answers: [200] };
  }),
  ...bodies.map(([name, body]) => ({
    name: `signed: ${name}`,
    bytes: rawDelivery(body, [signature(body)]),
    answers: [200],
  })),
];

/** Nothing that was sent, that is secret, or that shows how the app is made. */
const telling = new RegExp(
  `${mark}|${secret}|${verifyToken}|node_modules|\\.[jt]s:\\d|Error:|FST_|HPE_|ERR_`,
);

function faultsOf({ name, answers }: Broken, answer: string): string[] {
  const statuses = statusesOf(answer);
  const empty = !statuses.includes(401) || /\r\ncontent-length: 0\r\n.*\r\n\r\n$/is.test(answer);
  return [
    ...statuses.filter((status) => !answers.includes(status)).map((status) => `${name}: ${status}`),
    ...(telling.test(answer) ? [`${name}: answers ${answer}`] : []),
    ...(empty ? [] : [`${name}: a 401 with a body`]),
  ];
}

async function faultsIn(webhook: Webhook, cases: readonly Broken[]): Promise<string[]> {
  const faults: string[] = [];
  for (let at = 0; at < cases.length; at += 25) {
    const batch = cases.slice(at, at + 25);
    const found = await Promise.all(
      batch.map(async (each) => faultsOf(each, await exchange(webhook.port, each.bytes))),
    );
    faults.push(...found.flat());
  }
  return faults;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function usedMegabytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

function residentMegabytes(): number {
  collectGarbage();
  return process.memoryUsage.rss() / 1e6;
}

describe('the webhook under malformed requests', { timeout: 60_000 }, () => {
  let webhook: Webhook;
  let megabytesBefore: number;
  beforeAll(async () => {
    webhook = await startWebhook();
    await healthy(webhook, 'm_before');
    megabytesBefore = usedMegabytes();
  });
  afterAll(() => webhook.close());

  it(`answers ${forged.length} bad signatures with a bare 401 and queues nothing`, async () => {
    expect(forged.length).toBeGreaterThanOrEqual(40);
    expect(await faultsIn(webhook, forged)).toEqual([]);
    expect(webhook.queued).toEqual(['message.m_before']);
  });

  it(`refuses ${unsigned.length} malformed requests and queues nothing`, async () => {
    expect(unsigned.length).toBeGreaterThanOrEqual(400);
    expect(await faultsIn(webhook, unsigned)).toEqual([]);
    expect(webhook.queued).toEqual(['message.m_before']);
  });

  it(`refuses ${deletions.length} malformed wishes to be forgotten and queues nothing`, async () => {
    expect(deletions.length).toBeGreaterThanOrEqual(80);
    expect(await faultsIn(webhook, deletions)).toEqual([]);
    expect(webhook.queued).toEqual(['message.m_before']);
  });

  it(`cuts off ${unfinished.length} requests that do not end`, async () => {
    const impatient = await startWebhook({ requestTimeoutMs: 300 });
    expect(await faultsIn(impatient, unfinished)).toEqual([]);
    expect(impatient.queued).toEqual([]);
    await impatient.close();
  });

  it(`takes ${signed.length} strange deliveries that are signed`, async () => {
    expect(await faultsIn(webhook, signed)).toEqual([]);
  });

  it('refuses what is signed and too large', async () => {
    const body = 'a'.repeat(limit + 1);
    const cases = [
      { name: 'too large', bytes: rawDelivery(body, [signature(body)]), answers: [413] },
    ];
    expect(await faultsIn(webhook, cases)).toEqual([]);
  });

  it('serves a right delivery afterwards, and has written down nothing of it all', async () => {
    expect(await healthy(webhook, 'm_after')).toEqual([200]);
    expect(webhook.queued.at(-1)).toBe('message.m_after');
    expect(Object.prototype).not.toHaveProperty('polluted');
    expect(webhook.logged()).not.toMatch(telling);
  });

  it('has grown by less than 50 MB of what it holds', async () => {
    await webhook.idle();
    // What a closed connection held is let go of a little later.
    await vi.waitFor(() => expect(usedMegabytes() - megabytesBefore).toBeLessThan(50), 5_000);
  });

  // Not of the first time: a cold process takes some 120 MB more, for compiled code, for a heap that grows
  // before it is swept, and for the senders of all this, which are in it as well.
  it('grows by less than 50 MB of the whole process when all of it comes again', async () => {
    const before = residentMegabytes();
    for (const cases of [forged, unsigned, deletions, signed]) {
      expect(await faultsIn(webhook, cases)).toEqual([]);
    }
    await webhook.idle();
    await vi.waitFor(() => expect(residentMegabytes() - before).toBeLessThan(50), 5_000);
  });
});
