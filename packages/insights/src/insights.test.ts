import {
  createReports,
  openDatabase,
  sql,
  type HistoryDatabase,
  type Reports,
  type Unavailable,
} from '@bot/history';
import { systemClock } from '@bot/queue';
import { fastify, type FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addInsights } from './insights.ts';

const NOW = Date.parse('2026-01-05T08:00:00Z');
const SECRET = 'giá <b>bao nhiêu</b>';
const files = [
  'summary',
  'people',
  'messages',
  'answers',
  'intents',
  'buttons',
  'flows',
  'unanswered',
  'takeovers',
];

let database: HistoryDatabase;
const apps: FastifyInstance[] = [];

beforeAll(async () => {
  database = openDatabase({ url: 'memory:' });
  await database.migrate();
  await database.rows(sql`
    insert into bot_history.messages (at, key, page_id, psid, direction, kind, text, state, words, notes)
    values ('2026-01-05 01:00Z', 'e', '10', '20', 'in', 'text', ${SECRET}, 'received', '',
      '[{"kind": "unanswered"}, {"kind": "intent", "name": "=price", "confidence": 0.75}]')`);
  await database.rows(sql`
    insert into bot_history.conversations (page_id, psid, first_seen) values ('10', '20', '2026-01-05 01:00Z')`);
});
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});
afterAll(() => database.close());

const password = 'mật khẩu của trang';
const headers = { authorization: `Basic ${Buffer.from(`bot:${password}`).toString('base64')}` };

interface World {
  readonly reports?: Reports | undefined;
  readonly password?: string | undefined;
}

async function setUp(world: World = {}) {
  const app = fastify();
  apps.push(app);
  const reports = createReports({ database, clock: systemClock });
  await addInsights(app, { password, reports, clock: { now: () => NOW }, ...world });
  return (url: string, more: object = {}) =>
    app.inject({ url, headers: { ...headers, ...more }, method: 'GET' });
}

describe('the page', () => {
  it('shows the figures, in the language of who looks', async () => {
    const get = await setUp();
    const { statusCode, body, headers: told } = await get('/insights');
    expect(statusCode).toBe(200);
    expect(told).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'self';/),
    });
    expect(body).toContain('<html lang="en">');
    expect(body).toContain('<dd data-figure="people">1</dd>');
    expect(body).toContain('2025-12-30 – 2026-01-05, Asia/Ho_Chi_Minh');
    const vietnamese = await get('/insights', { 'accept-language': 'vi-VN,vi;q=0.9' });
    expect(vietnamese.body).toContain('<html lang="vi">');
    expect((await get('/insights/insights.css')).headers['content-type']).toContain('text/css');
  });

  it('has no script, no style in its markup, and nothing from elsewhere', async () => {
    const get = await setUp();
    const { body } = await get('/insights?texts=1');
    expect(body).not.toMatch(/<script|\sstyle=|<style|\son\w+=|https?:/);
  });

  it('gives every table as a file', async () => {
    const get = await setUp();
    const { body } = await get('/insights?page=10&tz=UTC');
    const links = Array.from(body.matchAll(/href="([^"]+\.csv[^"]*)"/g), ([, link = '']) =>
      link.replaceAll('&amp;', '&'),
    );
    expect(links.map((link) => /(\w+)\.csv/.exec(link)?.[1])).toEqual(files);
    for (const link of links) {
      const file = await get(link);
      expect(file.statusCode).toBe(200);
      expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
    }
    expect((await get('/insights/intents.csv')).body).toBe(
      '\uFEFFintent,times,people,confidence\r\n"\'=price",1,1,0.75\r\n',
    );
  });

  it('has what people wrote only for who asks for it', async () => {
    const get = await setUp();
    for (const url of ['/insights', ...files.map((name) => `/insights/${name}.csv?texts=1`)]) {
      expect((await get(url)).body).not.toContain('bao nhi');
    }
    const refused = await get('/insights/unanswered-texts.csv');
    expect([refused.statusCode, refused.body]).toEqual([400, expect.stringContaining('texts=1')]);
    expect((await get('/insights?texts=1')).body).toContain('giá &lt;b&gt;bao nhiêu&lt;/b&gt;');
    expect((await get('/insights/unanswered-texts.csv?texts=1')).body).toContain(SECRET);
  });

  it('says what is wrong with an address, without repeating it', async () => {
    const get = await setUp();
    const { statusCode, body } = await get('/insights?from=%3Cscript%3E&lang=vi');
    expect([statusCode, body]).toEqual([400, expect.stringContaining('from phải là một ngày')]);
    expect(body).not.toContain('script');
    const file = await get('/insights/people.csv?page=x');
    expect([file.statusCode, file.body]).toEqual([
      400,
      'page must be the id of a Page, digits only.\n',
    ]);
  });
});

describe('who may look', () => {
  it('is who knows the password, and nobody may change anything', async () => {
    const get = await setUp();
    for (const url of ['/insights', '/insights/people.csv', '/insights/insights.css']) {
      const answer = await get(url, { authorization: 'Basic Ym90Ong=' });
      expect([answer.statusCode, answer.body]).toEqual([401, '']);
    }
    expect(
      (await apps[0]?.inject({ method: 'POST', url: '/insights', headers }))?.statusCode,
    ).not.toBe(200);
  });

  it.each([
    ['a password', { password: undefined }],
    ['a history', { reports: undefined }],
  ])('nobody without %s', async (_what, world) => {
    const get = await setUp(world);
    expect((await get('/insights')).statusCode).toBe(404);
  });
});

describe('a database that does not answer', () => {
  it('is what the page says, and the files', async () => {
    const answer: Unavailable = { kind: 'unavailable', reason: 'The database did not answer.' };
    const get = await setUp({ reports: { read: async () => answer } });
    const shown = await get('/insights');
    expect(shown.statusCode).toBe(503);
    expect(shown.headers['retry-after']).toBe('5');
    expect(shown.body).toContain('The database did not answer.');
    expect(shown.body).toContain('The bot answers people all the same.');
    const file = await get('/insights/people.csv');
    expect([file.statusCode, file.body]).toEqual([503, expect.stringContaining('did not answer')]);
  });
});
