import { signDelivery } from '@bot/graph-client/testing';
import { createMemoryQueue, type MemoryQueue } from '@bot/queue/testing';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { receiveDelivery } from '../deliveries.ts';
import { encodings } from './bodies.test-setup.ts';
import { badSignatures } from './signatures.test-setup.ts';
import { mark, message, secret, startWebhook, verifyToken } from './webhook.test-setup.ts';

const appSecrets = [secret, 'the-secret-before'];

/** Bodies to be broken; what is drawn and parsed 100,000 times is short. */
const seeds = [
  message('m_seed'),
  '{"object":"page","entry":[]}',
  ...encodings.map(([, body]) => body),
]
  .map((body) => Buffer.from(body))
  .filter(({ length }) => length < 1_000);

/** Pieces that mean something to JSON, to the parser, or to Redis. */
const pieces = [
  ['"', '\\', '{', '}', '[', ']', ',', ':', '\0', '\n', 'null', '-', '1e999', '0', '[]', '{}'],
  [String.raw`\u0000`, String.raw`\ud800`, '"__proto__":{"a":1},', '9'.repeat(40), '"id":"*",'],
  ['"is_echo":true,"metadata":"a/b",', '"message":', '"entry":', '"messaging":', '"sender":'],
]
  .flat()
  .map((piece) => Buffer.from(piece));

type Cut = readonly [at: number, length: number, piece: number];

/** A body with a few pieces put in, or in the place of others. */
const broken = fc
  .tuple(
    fc.nat(seeds.length - 1),
    fc.array(fc.tuple(fc.nat(1_000), fc.nat(20), fc.nat(pieces.length - 1)), { maxLength: 4 }),
  )
  .map(([seed, cuts]) => cuts.reduce(cut, seeds[seed] ?? Buffer.alloc(0)));

function cut(body: Buffer, [at, length, piece]: Cut): Buffer {
  const start = at % (body.length + 1);
  const put = pieces[piece] ?? Buffer.alloc(0);
  return Buffer.concat([body.subarray(0, start), put, body.subarray(start + length)]);
}

const bodies = fc.oneof(
  { weight: 8, arbitrary: broken },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
);

/** How a body is signed: rightly, under either secret, or in one of many wrong ways. */
type Signing = { readonly key: string } | { readonly digit: number } | { readonly header: string };

const signings: fc.Arbitrary<Signing> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...appSecrets).map((key) => ({ key })) },
  { weight: 2, arbitrary: fc.nat(63).map((digit) => ({ digit })) },
  { weight: 1, arbitrary: fc.constantFrom(...wrongValues()).map((header) => ({ header })) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', maxLength: 80 }).map((header) => ({ header })),
  },
);

function wrongValues(): string[] {
  const lines = badSignatures.flatMap(([, headers]) => headers);
  return lines.map((line) => line.slice(line.indexOf(':') + 2));
}

function headerOf(body: Buffer, signing: Signing): string {
  if ('header' in signing) return signing.header;
  if ('key' in signing) return signDelivery(body, signing.key);
  const right = signDelivery(body, secret);
  const at = 'sha256='.length + signing.digit;
  return right.slice(0, at) + (right[at] === '0' ? '1' : '0') + right.slice(at + 1);
}

function report(what: string, { numRuns, seed }: { numRuns: number; seed: number }): void {
  process.stdout.write(`fuzzing ${what}: ${numRuns} cases, seed ${seed}\n`);
}

describe('the webhook, fuzzed', { timeout: 180_000 }, () => {
  it('queues exactly what is signed, in 100,000 deliveries, and always knows an answer', async () => {
    let memory: MemoryQueue = createMemoryQueue();
    let cases = 0;
    let added = 0;
    const holds = fc.asyncProperty(bodies, signings, async (body, signing) => {
      cases += 1;
      if (cases % 1_000 === 0) {
        await memory.close();
        memory = createMemoryQueue();
      }
      const { queue } = memory;
      const header = headerOf(body, signing);
      const isSigned = appSecrets.some((key) => header === signDelivery(body, key));
      added = 0;
      const outcome = await receiveDelivery(body, header, {
        appSecrets,
        queue: {
          async add(events) {
            const outcomes = await queue.add(events);
            added += events.length;
            return outcomes;
          },
          confirmStep: (confirmation) => queue.confirmStep(confirmation),
        },
      });
      const events = 'events' in outcome ? outcome.events.length : 0;
      if (outcome.status !== (isSigned ? 200 : 401)) throw new Error(`answers ${outcome.status}`);
      if (added !== events) throw new Error(`says ${events} events, queues ${added}`);
    });
    const verdict = await fc.check(holds, { numRuns: 100_000 });
    await memory.close();
    report('deliveries', verdict);
    expect(fc.defaultReportMessage(verdict)).toBeUndefined();
  });

  it('repeats nothing, in 3,000 requests of any method, address, header and body', async () => {
    const webhook = await startWebhook();
    const methods = fc.constantFrom('GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH');
    const part = fc.oneof(
      fc.constantFrom('/webhook', '/livez', '%', '%2', '?', '&', '=', '..', '//', ';', '#', mark),
      fc.constantFrom('hub.mode=subscribe', `hub.verify_token=${verifyToken}x`, 'hub.challenge=1'),
      fc.webPath(),
    );
    const addresses = fc.array(part, { maxLength: 5 }).map((parts) => `/${parts.join('')}`);
    const names = fc.constantFrom('content-type', 'x-hub-signature-256', 'accept-version', 'x-a');
    const headers = fc.dictionary(names, fc.string({ maxLength: 40 }));
    const holds = fc.asyncProperty(methods, addresses, headers, bodies, async (...request) => {
      const [method, url, sent, payload] = request;
      const answer = await webhook.app.inject({ method, url, headers: sent, payload });
      const told = JSON.stringify(answer.headers) + answer.body;
      if (answer.statusCode >= 500) throw new Error(`answers ${answer.statusCode}`);
      if (told.includes(mark) || told.includes('FST_')) throw new Error(`tells ${told}`);
    });
    const verdict = await fc.check(holds, { numRuns: 3_000 });
    report('requests', verdict);
    expect(fc.defaultReportMessage(verdict)).toBeUndefined();
    expect(webhook.queued).toEqual([]);
    await webhook.close();
  });
});
