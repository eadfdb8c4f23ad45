import { createHmac } from 'node:crypto';
import { signRequest } from '@bot/graph-client/testing';
import { limit, type Body } from './bodies.test-setup.ts';
import type { Broken } from './framing.test-setup.ts';
import { mark, rawRequest, secret, signature, verifyToken } from './webhook.test-setup.ts';

// Refused by their age, were they not of now.
const now = Math.floor(Date.now() / 1_000);
const asked = { algorithm: 'HMAC-SHA256', user_id: '6912345678901234', issued_at: now };
const wish = (key = secret): string =>
  signRequest({ userId: asked.user_id, issuedAtMs: asked.issued_at * 1_000 }, key);

function signed(payload: unknown, key = secret, algorithm = 'sha256'): string {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const encoded = Buffer.from(text).toString('base64url');
  return `${createHmac(algorithm, key).update(encoded).digest('base64url')}.${encoded}`;
}

const field = (value: string, name = 'signed_request'): string =>
  new URLSearchParams({ [name]: value }).toString();
const [proof = '', payload = ''] = wish().split('.');
const forged = wish('another');

/** What is wrong by its form, or by what stands in it. */
const malformed: readonly Body[] = [
  ['nothing', ''],
  ['only NUL', '\0'],
  ['another field', field(wish(), mark)],
  ['the field in capitals', field(wish(), 'SIGNED_REQUEST')],
  ['the field as a list', field(wish(), 'signed_request[]')],
  ['the field as an object', field(wish(), 'signed_request[__proto__]')],
  ['__proto__ for the field', field(wish(), '__proto__')],
  ['an empty field', 'signed_request='],
  ['an empty field before the right one', `signed_request=&${field(wish())}`],
  ['JSON', JSON.stringify({ signed_request: wish() })],
  ['JSON of a list', JSON.stringify([wish()])],
  ['a form in parts', `--x\r\ncontent-disposition: form-data; name="signed_request"\r\n\r\nx`],
  ['XML', `<signed_request>${wish()}</signed_request>`],
  ['UTF-16', Buffer.from(field(wish()), 'utf16le')],
  ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x73, 0x69])],
  ['gzip', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])],
  ['escapes that are none', `signed_request=%zz%E0%A4%A.${mark}`],
  ['a point', field('.')],
  ['no point', field(proof + payload)],
  ['no signature', field(`.${payload}`)],
  ['no payload', field(`${proof}.`)],
  ['three parts', field(`${proof}.${payload}.${payload}`)],
  ['common base64', field(`${proof}.+/${payload}`)],
  ['padding', field(`${proof}=.${payload}==`)],
  ['no base64', field(`${proof}.{"user_id":"${mark}"}`)],
  ['a signature in hex', field(`${Buffer.from(proof, 'base64url').toString('hex')}.${payload}`)],
  ['a line end', field(`${wish()}\r\nset-cookie: ${mark}=1`)],
  ['more than a wish may have', field(`${wish()}${'A'.repeat(10_000)}`)],
  ['more than its body may have', `${field(wish())}&more=${mark.repeat(10_000)}`],
  ['100,000 fields', `${'a=b&'.repeat(100_000)}${field(wish())}`],
  ['a megabyte of escapes', `signed_request=${'%41'.repeat(350_000)}`],
  ['the limit', field(wish()).padEnd(limit, '&')],
  ['no JSON', field(signed(mark))],
  ['null', field(signed(null))],
  ['a list', field(signed([asked]))],
  ['no algorithm', field(signed({ ...asked, algorithm: undefined }))],
  ['the algorithm "none"', field(signed({ ...asked, algorithm: 'none' }))],
  ['the algorithm HMAC-SHA1', field(signed({ ...asked, algorithm: 'HMAC-SHA1' }))],
  ['algorithms in a list', field(signed({ ...asked, algorithm: ['HMAC-SHA256'] }))],
  ['a user who is a number', field(signed({ ...asked, user_id: 6_912_345 }))],
  ['users in a list', field(signed({ ...asked, user_id: ['1', '2'] }))],
  ['a user who is a key', field(signed({ ...asked, user_id: '1:bot:session' }))],
  ['a user who is a pattern', field(signed({ ...asked, user_id: '*' }))],
  ['a user who is a prototype', field(signed({ ...asked, user_id: '__proto__' }))],
  ['a user of its prototype', field(signed(`{"__proto__":${JSON.stringify(asked)}}`))],
  ['a user who is too long', field(signed({ ...asked, user_id: '1'.repeat(1_000) }))],
  ['no time', field(signed({ ...asked, issued_at: undefined }))],
  ['a time in text', field(signed({ ...asked, issued_at: String(asked.issued_at) }))],
  ['a time without end', field(signed(JSON.stringify(asked).replace(/\d+\}$/, '1e999}')))],
  ['a time long ago', field(signed({ ...asked, issued_at: 1 }))],
  ['a time to come', field(signed({ ...asked, issued_at: asked.issued_at + 3_600 }))],
  ['100,000 lists', field(signed('['.repeat(6_000)))],
];

/** What is right in all but who has signed it. */
const unsigned: readonly Body[] = [
  ['another secret', field(forged)],
  ['an empty secret', field(signed(asked, ''))],
  ['the verify token as secret', field(signed(asked, verifyToken))],
  ['zeros', field(`${'A'.repeat(43)}.${payload}`)],
  ['SHA-512, cut short', field(signed(asked, secret, 'sha512').replace(/^(.{43}).*\./, '$1.'))],
  [
    'SHA-1, made longer',
    field(`${signed(asked, secret, 'sha1').split('.')[0]?.padEnd(43, 'A')}.${payload}`),
  ],
  [
    'the signature of another wish',
    field(`${proof}.${signed({ ...asked, user_id: '1' }).split('.')[1]}`),
  ],
  ['a payload cut short', field(wish().slice(0, -1))],
  ['a forged one before the right one', `${field(forged)}&${field(wish())}`],
];

const post = (target: string, body: Uint8Array | string, lines: readonly string[] = []): Buffer =>
  rawRequest(
    `POST ${target} HTTP/1.1`,
    [
      'host: bot.example',
      'connection: close',
      `content-length: ${Buffer.byteLength(body)}`,
      ...lines,
    ],
    body,
  );

const allTo = (path: string, bodies: readonly Body[], status: number): Broken[] =>
  bodies.map(([name, body]) => ({
    name: `POST ${path}: ${name}`,
    bytes: post(path, body),
    answers: [status],
  }));

const elsewhere = (path: string): Broken[] =>
  [`${path}/`, `${path}/x`, path.toUpperCase(), `/${path}`].map((target) => ({
    name: `POST ${target}`,
    bytes: post(target, field(wish())),
    answers: [404],
  }));

const around = (path: string): Broken[] => [
  {
    name: `POST ${path}: signed as a delivery is`,
    bytes: post(path, field(forged), [signature(field(forged))]),
    answers: [401],
  },
  {
    name: `POST ${path}: in the address`,
    bytes: post(`${path}?${field(wish())}`, ''),
    answers: [400],
  },
  {
    name: `POST ${path}: larger than any body may be`,
    bytes: post(path, field(wish()).padEnd(limit + 1, '&')),
    answers: [413, 0],
  },
];

const callbacks = ['/data-deletion', '/deauthorize'].flatMap((path) =>
  [allTo(path, malformed, 400), allTo(path, unsigned, 401), around(path), elsewhere(path)].flat(),
);

/** Pages of wishes that there are not. */
const pages = [
  '',
  '/',
  `/${mark}`,
  `/${'0'.repeat(32)}`,
  '/*',
  '/__proto__',
  '/..%2fsession',
  '/%00',
  `/${'a'.repeat(100)}`,
].map((code): Broken => ({
  name: `GET /data-deletion${code.slice(0, 40)}`,
  bytes: rawRequest(`GET /data-deletion${code} HTTP/1.1`, [
    'host: bot.example',
    'connection: close',
  ]),
  answers: [404],
}));

/** Wishes to be forgotten that are none. */
export const deletions: readonly Broken[] = [...callbacks, ...pages];
