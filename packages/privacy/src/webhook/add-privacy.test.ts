import { signRequest } from '@bot/graph-client/testing';
import { UnavailableError, type Queue, type QueueEvent } from '@bot/queue';
import { createManualClock, createMemoryQueue, type ManualClock } from '@bot/queue/testing';
import { fastify, type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { createFakeRedis } from '../fake-redis.test-setup.ts';
import { createDeletionRecords } from '../records.ts';
import { addPrivacy, type PrivacyOptions } from './add-privacy.ts';

const secret = 'a-secret-of-this-test';
const NOW = Date.UTC(2026, 0, 5, 8, 30);
const HOUR = 60 * 60 * 1_000;
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface World {
  readonly app: FastifyInstance;
  readonly added: QueueEvent[];
  readonly clock: ManualClock;
  readonly queue: Queue;
  readonly redis: ReturnType<typeof createFakeRedis>;
  readonly logged: string[];
  /** Has all wishes become dead letters. */
  readonly bury: () => Promise<void>;
}

function setUp(options: Partial<PrivacyOptions> = {}): World {
  const clock = createManualClock(NOW);
  const { queue, work, close } = createMemoryQueue({ clock });
  const added: QueueEvent[] = [];
  const redis = createFakeRedis();
  const logged: string[] = [];
  const log = (fields: object, message: string): void =>
    void logged.push(`${message} ${JSON.stringify(fields)}`);
  const app = fastify();
  // As the webhook has it: every body is bytes.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  addPrivacy(app, {
    appSecrets: ['the newer secret', secret],
    queue: {
      async add(events) {
        const outcomes = await queue.add(events);
        added.push(...events.filter((_, index) => outcomes[index] === 'accepted'));
      },
    },
    records: createDeletionRecords(redis),
    publicUrl: 'https://bot.example/messenger',
    deadLetters: queue.deadLetters,
    refuse: (reply) => reply.code(503).header('retry-after', '7').send(),
    clock,
    log: { warn: log, error: log },
    ...options,
  });
  closing.push(() => app.close(), close);
  return {
    app,
    added,
    clock,
    queue,
    redis,
    logged,
    async bury() {
      const handle = async (): Promise<never> => {
        throw new Error('Redis is away');
      };
      const worker = work({ handle, retry: () => ({ kind: 'bury' }) });
      await clock.advance(1_000);
      await worker.close();
    },
  };
}

type Answer = Awaited<ReturnType<typeof post>>;

async function post(
  app: FastifyInstance,
  path: string,
  payload: string | Buffer,
  headers: Record<string, string> = {},
) {
  return app.inject({
    method: 'POST',
    url: path,
    payload,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
}

const form = (signedRequest: string): string =>
  new URLSearchParams({ signed_request: signedRequest }).toString();
const wish = (userId = '218471', issuedAtMs = NOW): string =>
  form(signRequest({ userId, issuedAtMs }, secret));

const codeIn = (answer: Answer): string =>
  answer.json<{ confirmation_code: string }>().confirmation_code;

describe('a data deletion callback', () => {
  it('puts the wish on the queue and answers where its state is told', async () => {
    const { app, added } = setUp();
    const answer = await post(app, '/data-deletion', wish());
    const code = codeIn(answer);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(code).toMatch(/^[0-9a-f]{32}$/);
    expect(answer.json()).toEqual({
      url: `https://bot.example/messenger/data-deletion/${code}`,
      confirmation_code: code,
    });
    const data = { type: 'data-deletion', userId: '218471', code };
    expect(added).toEqual([
      { id: `deletion:${code}`, lane: `deletion:${code}`, timestamp: NOW, data },
    ]);
  });

  it('says the same address whatever host the request claims', async () => {
    const { app } = setUp();
    const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example' };
    const answer = await post(app, '/data-deletion', wish(), headers);
    expect(answer.json<{ url: string }>().url).toMatch(/^https:\/\/bot\.example\/messenger\//);
  });

  it('that comes twice is one wish, with one code', async () => {
    const { app, added } = setUp();
    const [first, second] = [
      await post(app, '/data-deletion', wish()),
      await post(app, '/data-deletion', wish()),
    ];
    expect(second.json()).toEqual(first.json());
    expect(added).toHaveLength(1);
  });

  it('is refused when it is older than the queue remembers it', async () => {
    const { app, added, clock } = setUp();
    expect((await post(app, '/data-deletion', wish())).statusCode).toBe(200);
    await clock.advance(48 * HOUR + 1);
    expect((await post(app, '/data-deletion', wish())).statusCode).toBe(400);
    expect(added).toHaveLength(1);
  });

  it('is refused when it says that it will be made in the future', async () => {
    const { app, added } = setUp();
    const soon = await post(app, '/data-deletion', wish('218471', NOW + 300_000));
    expect(soon.statusCode).toBe(200);
    const later = await post(app, '/data-deletion', wish('218472', NOW + 301_000));
    expect(later.statusCode).toBe(400);
    expect(added).toHaveLength(1);
  });

  it('is told 503 while the queue refuses, and leaves no state', async () => {
    const add = async (): Promise<never> => {
      throw new UnavailableError('Redis did not take 1 event(s). Do it again.');
    };
    const { app, redis, logged } = setUp({ queue: { add } });
    const answer = await post(app, '/data-deletion', wish());
    expect([answer.statusCode, answer.headers['retry-after'], answer.body]).toEqual([503, '7', '']);
    expect(redis.values.size).toBe(0);
    expect(logged.join()).toContain('the queue refused a data deletion');
    expect(logged.join()).not.toContain('218471');
  });
});

describe('a deauthorize callback', () => {
  it('forgets the person as well, and answers nothing', async () => {
    const { app, added } = setUp();
    const answer = await post(app, '/deauthorize', wish());
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
    expect(added).toMatchObject([{ data: { type: 'data-deletion', userId: '218471' } }]);
  });
});

const forged = form(signRequest({ userId: '218471', issuedAtMs: NOW }, 'another secret'));
const hostile: [string, string | Buffer, number][] = [
  ['no body', '', 400],
  ['another field', 'signed=1', 400],
  ['an empty field', 'signed_request=', 400],
  ['a forged signature', forged, 401],
  ['no form', JSON.stringify({ signed_request: wish() }), 400],
  ['a forged one before the right one', `${forged}&${wish()}`, 401],
  ['broken escapes', 'signed_request=%E0%A4%A', 400],
  ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x00]), 400],
  ['more than may be', `${wish()}&more=${'x'.repeat(40_000)}`, 400],
  ['a user who is a key', wish('1:bot:session'), 400],
  ['a user who is a pattern', wish('*'), 400],
  ['a user who is a prototype', wish('__proto__'), 400],
];

describe.each(['/data-deletion', '/deauthorize'])('a hostile call of %s', (path) => {
  it.each(hostile)('reaches nothing: %s', async (_, body, status) => {
    const { app, added, redis, logged } = setUp();
    const answer = await post(app, path, body);
    expect([answer.statusCode, answer.body]).toEqual([status, '']);
    expect(added).toEqual([]);
    expect(redis.values.size).toBe(0);
    expect(logged.join()).not.toMatch(/218471|eyJ/);
  });
});

describe('the page of a wish', () => {
  const open = (app: FastifyInstance, code: string) => app.inject(`/data-deletion/${code}`);

  it('says in two languages that it was received, and when it was done', async () => {
    const { app, redis } = setUp();
    const code = codeIn(await post(app, '/data-deletion', wish()));
    const received = await open(app, code);
    expect(received.statusCode).toBe(200);
    expect(received.body).toContain('Dữ liệu của bạn đang được xóa');
    expect(received.body).toContain('We received your request at <time datetime="2026-01-05T08:30');

    await createDeletionRecords(redis).done(code, NOW + HOUR);
    const done = await open(app, code);
    expect(done.body).toContain('Dữ liệu của bạn đã được xóa lúc');
    expect(done.body).toContain('Your data was deleted at <time datetime="2026-01-05T09:30');
    for (const { body } of [received, done]) expect(body).not.toContain('218471');
  });

  it('says in two languages which part is missing when it was given up on', async () => {
    const { app, redis } = setUp();
    const code = codeIn(await post(app, '/data-deletion', wish()));
    await createDeletionRecords(redis).partly(code, NOW + HOUR, 2);
    const { body } = await open(app, code);
    expect(body).toContain('Trên 2 Trang của chúng tôi, chúng tôi không tra cứu được');
    expect(body).toContain('By <time datetime="2026-01-05T09:30');
    expect(body).toContain('On 2 of our Pages we could not look for it');
  });

  it('says no longer that the data is being deleted once the wish is a dead letter', async () => {
    const { app, queue, bury } = setUp();
    const code = codeIn(await post(app, '/data-deletion', wish()));
    await bury();
    const stuck = await open(app, code);
    expect(stuck.body).toContain('chưa xóa xong dữ liệu của bạn');
    expect(stuck.body).toContain('have not been able to finish deleting your data');
    expect(stuck.body).not.toContain('being deleted');
    await queue.deadLetters.replay(`deletion:${code}`);
    expect((await open(app, code)).body).toContain('being deleted');
  });

  it('says so as well of a wish that was lost or dropped, a day after the last attempt', async () => {
    const { app, clock } = setUp();
    const code = codeIn(await post(app, '/data-deletion', wish()));
    await clock.advance(8 * 24 * HOUR);
    expect((await open(app, code)).body).toContain('being deleted');
    await clock.advance(1);
    expect((await open(app, code)).body).toContain('have not been able to finish');
  });

  it('runs nothing, loads nothing, and is kept nowhere', async () => {
    const { app } = setUp();
    const code = codeIn(await post(app, '/data-deletion', wish()));
    expect((await open(app, code)).headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
    });
  });

  it.each(['0'.repeat(32), '*', '%2e%2e%2fsession', '%3Cscript%3E', 'x'.repeat(99), '__proto__'])(
    'is not found by %s',
    async (code) => {
      const { app } = setUp();
      const answer = await open(app, code);
      expect([answer.statusCode, answer.body]).toEqual([404, '']);
    },
  );

  it('is told 503 while Redis is away', async () => {
    const away = async (): Promise<never> => {
      throw new Error('Redis is away');
    };
    const { app } = setUp({ records: { received: away, done: away, partly: away, read: away } });
    const answer = await open(app, '0'.repeat(32));
    expect([answer.statusCode, answer.headers['retry-after'], answer.body]).toEqual([503, '1', '']);
  });
});
