import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signRequest } from '../testing/sign.ts';
import { parseSignedRequest } from './signed-request.ts';

const SECRET = '0123456789abcdef0123456789abcdef';
const secrets = [SECRET];
const ISSUED_AT = 1_700_000_000;
const payload = { user_id: '218471', algorithm: 'HMAC-SHA256', issued_at: ISSUED_AT };
const valid = { kind: 'valid', userId: '218471', issuedAtMs: 1_700_000_000_000 };

const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

const signatureOf = (encoded: string, secret = SECRET): string =>
  createHmac('sha256', secret).update(encoded).digest('base64url');

/** As Meta signs it; a string is taken for the JSON's text. */
function sign(value: unknown, secret = SECRET): string {
  const encoded = encode(value);
  return `${signatureOf(encoded, secret)}.${encoded}`;
}

describe('a signed request', () => {
  it('tells who asks, and when', () => {
    expect(parseSignedRequest(sign(payload), { secrets })).toEqual(valid);
  });

  // Made with Python's hmac and base64, by the steps of Meta's example.
  it('is read as others sign it', () => {
    const text =
      'vjRCg9IGPMlONp6CTZzmZ3B7R8RW2nuEUjKG58timjQ.eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsInVzZXJfaWQiOiIxIiwiaXNzdWVkX2F0IjoxfQ';
    expect(parseSignedRequest(text, { secrets })).toMatchObject({ kind: 'valid', userId: '1' });
  });

  it('is what the package signs for tests', () => {
    const text = signRequest({ userId: '218471', issuedAtMs: 1_700_000_000_999 }, SECRET);
    expect(parseSignedRequest(text, { secrets })).toEqual(valid);
  });

  it('is taken with any of several secrets', () => {
    const text = sign(payload, 'the older one');
    const both = { secrets: ['the newer one', 'the older one'] };
    expect(parseSignedRequest(text, both)).toEqual(valid);
    expect(parseSignedRequest(text, { secrets: both.secrets.toReversed() })).toEqual(valid);
  });

  it('may say more, and answers nothing of it', () => {
    const more = { ...payload, oauth_token: 'EAAG', expires: 1, user: { country: 'vn' } };
    expect(parseSignedRequest(sign(more), { secrets })).toEqual(valid);
  });

  it('is too old after so many milliseconds, and not before', () => {
    const aged = (ms: number): string => {
      const options = { secrets, nowMs: valid.issuedAtMs + ms, maxAgeMs: 60_000 };
      const read = parseSignedRequest(sign(payload), options);
      return read.kind === 'refused' ? read.reason : read.kind;
    };
    expect([-1_000, 0, 60_000, 60_001].map(aged)).toEqual(['valid', 'valid', 'valid', 'expired']);
  });

  it('is from the future when it is more than five minutes ahead of the clock', () => {
    const ahead = (ms: number): string => {
      const read = parseSignedRequest(sign(payload), { secrets, nowMs: valid.issuedAtMs - ms });
      return read.kind === 'refused' ? read.reason : read.kind;
    };
    const years = 1_000 * 365 * 24 * 60 * 60 * 1_000;
    expect([1, 300_000, 300_001, years].map(ahead)).toEqual(['valid', 'valid', 'future', 'future']);
  });
});

const good = sign(payload);
const [signature = '', encoded = ''] = good.split('.');
const last = signature.at(-1) ?? '';
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Another character for the same 32 bytes: base64 does not read its last two bits. */
const twin = alphabet[alphabet.indexOf(last) ^ 1] ?? '';

const malformed: Record<string, unknown> = {
  'no text': '',
  'a point': '.',
  'no payload': `${signature}.`,
  'no signature': `.${encoded}`,
  'no point': signature + encoded,
  'two points': `${good}.`,
  'three parts': `${good}.${encoded}`,
  'a space before': ` ${good}`,
  'a space behind': `${good} `,
  'a line behind': `${good}\n`,
  'a NUL': `${good}\0`,
  'a signature too short': good.slice(1),
  'a signature too long': `A${good}`,
  'a signature in hex': `${Buffer.from(signature, 'base64url').toString('hex')}.${encoded}`,
  'a signature with padding': `${signature}=.${encoded}`,
  'a payload with padding': `${good}==`,
  'a plus sign of common base64': `${signature}.+${encoded}`,
  'a slash of common base64': `${signature}./${encoded}`,
  'a percent sign': `${signature}.%7B`,
  'letters beyond ASCII': `${signature}.ắ${encoded}`,
  'a signature of bytes that look alike': `${'е'.repeat(43)}.${encoded}`,
  'more than may be': sign({ ...payload, more: 'x'.repeat(8_192) }),
  'a megabyte': 'A'.repeat(1_048_576),
  'nothing at all': undefined,
  null: null,
  'a number': 42,
  'an array': [good],
  'an object that says it is text': { toString: () => good, length: 10 },
};

const forged: Record<string, string> = {
  'a signature of zeros': `${'A'.repeat(43)}.${encoded}`,
  'another secret': sign(payload, 'another'),
  'the empty secret': sign(payload, ''),
  'a character of the signature changed': `${signature.startsWith('A') ? 'B' : 'A'}${good.slice(1)}`,
  'another last character for the same bytes': `${signature.slice(0, -1)}${twin}.${encoded}`,
  'the payload of somebody else': `${signature}.${encode({ ...payload, user_id: '1' })}`,
  'a payload cut short': good.slice(0, -1),
  'a payload with more behind it': `${good}A`,
  'a signature of the decoded payload': `${signatureOf(JSON.stringify(payload))}.${encoded}`,
  'a signature with SHA-1': `${createHmac('sha1', SECRET).update(encoded).digest('base64url').padEnd(43, 'A')}.${encoded}`,
};

const unreadable: Record<string, unknown> = {
  'no JSON': 'no JSON',
  'JSON cut short': '{"user_id":"1"',
  null: null,
  'a number': 42,
  'a text': '"218471"',
  'a list': [payload],
  'an empty object': {},
  'no algorithm': { ...payload, algorithm: undefined },
  'no signature at all': { ...payload, algorithm: 'none' },
  'another algorithm': { ...payload, algorithm: 'HMAC-SHA1' },
  'an algorithm in a list': { ...payload, algorithm: ['HMAC-SHA256'] },
  'no user': { ...payload, user_id: undefined },
  'a user who is a number': { ...payload, user_id: 218_471 },
  'a user who is empty': { ...payload, user_id: '' },
  'a user who is a key': { ...payload, user_id: '1:bot' },
  'a user who is a pattern': { ...payload, user_id: '*' },
  'a user who is a prototype': { ...payload, user_id: '__proto__' },
  'a user with a line behind': { ...payload, user_id: '1\n' },
  'a user too long': { ...payload, user_id: '1'.repeat(33) },
  'a user with digits beyond ASCII': { ...payload, user_id: '١٢' },
  'no time': { ...payload, issued_at: undefined },
  'a time in text': { ...payload, issued_at: '1700000000' },
  'a time before time': { ...payload, issued_at: -1 },
  'no moment': { ...payload, issued_at: 0 },
  'half a millisecond': { ...payload, issued_at: 1.0005 },
  'a time without end': '{"algorithm":"HMAC-SHA256","user_id":"1","issued_at":1e999}',
  'bytes that are no UTF-8': Buffer.from([0xff, 0xfe]).toString('latin1'),
};

describe('a hostile request is refused', () => {
  it.each(Object.entries(malformed))('for its form: %s', (_, text) => {
    const refused = { kind: 'refused', reason: 'malformed' };
    expect(parseSignedRequest(text as string, { secrets: [...secrets, ''] })).toEqual(refused);
  });

  it.each(Object.entries(forged))('for its signature: %s', (_, text) => {
    const refused = { kind: 'refused', reason: 'signature' };
    expect(parseSignedRequest(text, { secrets: [...secrets, ''] })).toEqual(refused);
    expect(parseSignedRequest(text, { secrets: [] })).toEqual(refused);
  });

  it.each(Object.entries(unreadable))('for its payload: %s', (_, value) => {
    const refused = { kind: 'refused', reason: 'payload' };
    expect(parseSignedRequest(sign(value), { secrets })).toEqual(refused);
  });

  it('whatever it is, and never throws', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json().map((text) => `${signature}.${encode(text)}`),
      fc.anything(),
    );
    fc.assert(
      fc.property(anything, (text) => {
        expect(parseSignedRequest(text as string, { secrets }).kind).toBe('refused');
      }),
    );
  });

  it('signed, whatever its payload is, and never throws', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseSignedRequest(sign(text), { secrets }).kind).toBe('refused');
      }),
    );
  });
});
