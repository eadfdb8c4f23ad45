import type { Broken } from './framing.test-setup.ts';
import { forgedBody } from './signatures.test-setup.ts';
import { mark, rawRequest, signature, verifyToken } from './webhook.test-setup.ts';

const host = 'host: bot.example';
const close = 'connection: close';

const get = (target: string, headers: readonly string[] = []): Buffer =>
  rawRequest(`GET ${target} HTTP/1.1`, [host, close, ...headers]);

/** Places that are not there, or not so. */
const targets = [
  '/',
  '//',
  '/*',
  `/${mark}`,
  `/webhook/${mark}`,
  `/webhook/`,
  '/WEBHOOK',
  '//webhook',
  '/./webhook',
  '/../webhook',
  '/webhook;a=b',
  '/webhook%00',
  '/webhook%20',
  '/webhook%2f',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/..\\..\\windows\\win.ini',
  '/.env',
  '/.git/config',
  '/admin',
  '/__proto__',
  '/constructor',
  '/livez/',
  '/metrics%0d%0aset-cookie:a=b',
  `/${'a'.repeat(10_000)}`,
  `/${'a/'.repeat(5_000)}`,
  `/${'%61'.repeat(3_000)}`,
  `https://${mark}.example/x`,
].map((target) => ({ name: `GET ${target.slice(0, 40)}`, bytes: get(target), answers: [404] }));

/** Escapes that are none: no answer may repeat them. */
const escapes = ['%', '%z', '%zz', '%f', '%ff', '%c0%af', '%ed%a0%80', '%u0041'].flatMap((escape) =>
  [`/${mark}${escape}`, `/webhook${escape}?${mark}`, `/${escape}/${mark}`].map((target) => ({
    name: `GET ${target}`,
    bytes: get(target),
    answers: [400, 404],
  })),
);

/** Handshakes of who does not know the verify token, or asks for something to be reflected. */
const handshakes = [
  '',
  `?${mark}`,
  '?hub.mode=subscribe',
  `?hub.mode=subscribe&hub.challenge=1`,
  `?hub.mode=subscribe&hub.verify_token=&hub.challenge=1`,
  `?hub.mode=subscribe&hub.verify_token=${mark}&hub.challenge=1`,
  `?hub.mode=subscribe&hub.verify_token=${verifyToken}`,
  `?hub.mode=subscribe&hub.verify_token=${verifyToken}&hub.challenge=${mark}`,
  `?hub.mode=subscribe&hub.verify_token=${verifyToken}&hub.challenge=%3Cscript%3E`,
  `?hub.mode=subscribe&hub.verify_token=${verifyToken}&hub.challenge=1%0d%0aa:b`,
  `?hub.mode=subscribe&hub.verify_token=${verifyToken}&hub.challenge=${'1'.repeat(65)}`,
  `?hub.mode=subscribe&hub.verify_token=${verifyToken}&hub.challenge=1&hub.challenge=2`,
  `?hub.mode=subscribe&hub.verify_token=${verifyToken}&hub.verify_token=x&hub.challenge=1`,
  `?hub.mode=subscribe&hub.verify_token[]=${verifyToken}&hub.challenge=1`,
  `?hub[mode]=subscribe&hub[verify_token]=${verifyToken}&hub[challenge]=1`,
  `?hub_mode=subscribe&hub_verify_token=${verifyToken}&hub_challenge=1`,
  `?HUB.MODE=subscribe&HUB.VERIFY_TOKEN=${verifyToken}&HUB.CHALLENGE=1`,
  `?hub.mode=unsubscribe&hub.verify_token=${verifyToken}&hub.challenge=1`,
  `?hub.mode=subscribe&hub.verify_token=${verifyToken.toUpperCase()}&hub.challenge=1`,
  `?hub.mode=subscribe&hub.verify_token=${verifyToken}%00&hub.challenge=1`,
  `?hub.mode=subscribe&hub.verify_token=${'x'.repeat(10_000)}&hub.challenge=1`,
  '?__proto__[hub.mode]=subscribe&constructor=1&hub.mode=subscribe',
  `?${'a=b&'.repeat(3_000)}`,
  `?${'&'.repeat(10_000)}`,
  `?${'%'.repeat(10_000)}`,
].map((query) => ({
  name: `GET /webhook${query.slice(0, 120)}`,
  bytes: get(`/webhook${query}`),
  answers: [403],
}));

const body = [`content-length: ${forgedBody.length}`, signature(forgedBody)];

/** A right delivery in all but the method, or the place. */
const methods = [
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'LOCK',
  'MKCOL',
  'QUERY',
  'PURGE',
].map((method) => ({
  name: `${method} /webhook`,
  bytes: rawRequest(`${method} /webhook HTTP/1.1`, [host, close, ...body], forgedBody),
  answers: [404, 400],
}));
const places = ['/', '/livez', '/readyz', '/metrics', '/webhook/', '/webhook/x', '/Webhook'].map(
  (place) => ({
    name: `POST ${place}`,
    bytes: rawRequest(`POST ${place} HTTP/1.1`, [host, close, ...body], forgedBody),
    answers: [404],
  }),
);

/** Wishes that HTTP knows and this app does not. */
const wishes: readonly Broken[] = [
  {
    name: 'CONNECT',
    bytes: rawRequest('CONNECT bot.example:443 HTTP/1.1', [host]),
    answers: [0, 400, 404],
  },
  { name: 'OPTIONS *', bytes: rawRequest('OPTIONS * HTTP/1.1', [host, close]), answers: [404] },
  {
    name: 'an expectation that is none',
    bytes: rawRequest(
      'POST /webhook HTTP/1.1',
      [host, close, ...body, `expect: ${mark}`],
      forgedBody,
    ),
    answers: [417],
  },
  {
    name: 'a wish to be told to go on',
    bytes: rawRequest(
      'POST /webhook HTTP/1.1',
      [host, close, `content-length: ${forgedBody.length}`, 'expect: 100-continue'],
      forgedBody,
    ),
    answers: [100, 401],
  },
  ...['websocket', 'h2c', mark, `a\tb`].map((protocol) => ({
    name: `upgrade to ${protocol}`,
    bytes: get(`/${mark}`, ['connection: upgrade', `upgrade: ${protocol}`]),
    answers: [404],
  })),
];

export const requests: readonly Broken[] = [
  ...targets,
  ...escapes,
  ...handshakes,
  ...methods,
  ...places,
  ...wishes,
];

/** Header lines that change nothing of what a delivery is worth. CVE-2026-3635 is about the first. */
export const idleHeaders: readonly string[] = [
  ...['127.0.0.1', '::1', '10.0.0.1, 127.0.0.1', mark, 'a'.repeat(5_000)].map(
    (address) => `x-forwarded-for: ${address}`,
  ),
  ...[`${mark}.example`, 'a b', '"', ''].map((name) => `x-forwarded-host: ${name}`),
  ...['https', 'javascript', 'http, https'].map((name) => `x-forwarded-proto: ${name}`),
  ...['gzip', 'br', 'deflate, gzip', mark].map((coding) => `content-encoding: ${coding}`),
  ...['9.9.9', '*', ''].map((version) => `accept-version: ${version}`),
  ...['*/*', 'text/html', '*/*;q='].map((types) => `accept: ${types}`),
  ...['bytes=0-', 'bytes=99999999999-0'].map((range) => `range: ${range}`),
  `forwarded: for=127.0.0.1;host=${mark};proto=https`,
  'x-http-method-override: DELETE',
  'x-original-url: /metrics',
  'te: trailers',
  'trailer: x-hub-signature-256',
  'if-none-match: *',
  `cookie: ${mark}=${'a'.repeat(8_000)}`,
  `origin: https://${mark}.example`,
  '__proto__: polluted',
  'constructor: polluted',
  'user-agent: ${jndi:ldap://127.0.0.1/a}',
];
