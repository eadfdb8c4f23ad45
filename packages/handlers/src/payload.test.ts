import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PayloadError, SetupError } from './errors.ts';
import { createPayload } from './payload.ts';

interface Buy {
  readonly sku: string;
}

function parseBuy(data: unknown): Buy {
  const sku: unknown = Reflect.get(Object(data), 'sku');
  if (typeof sku !== 'string') throw new TypeError('sku must be a text');
  return { sku };
}

const parse = (data: unknown): unknown => data;
const secrets = ['a secret of sixteen characters'];

describe('a payload', () => {
  const buy = createPayload({ name: 'BUY', parse: parseBuy });

  it('is written to be read by people as well', () => {
    expect(buy.write({ sku: 'Trà sen' })).toBe('BUY:1:{"sku":"Trà sen"}');
  });

  it('comes back as it was written, signed or not, whatever it is', () => {
    for (const payload of [
      createPayload({ name: 'ANY', parse }),
      createPayload({ name: 'ANY', parse, secrets, version: 7 }),
    ]) {
      fc.assert(
        fc.property(fc.json({ maxDepth: 2 }), (json) => {
          const data: unknown = JSON.parse(json);
          fc.pre(JSON.stringify(data).length < 900);
          expect(payload.read(payload.write(data))).toEqual({ kind: 'read', data });
        }),
      );
    }
  });

  it('without data is its name, and reads what other tools wrote', () => {
    const start = createPayload({ name: 'GET_STARTED', parse: () => undefined });
    expect(start.write(undefined)).toBe('GET_STARTED');
    expect(start.read('GET_STARTED')).toEqual({ kind: 'read', data: undefined });
  });

  it.each([
    ['BUYER:1:{"sku":"x"}', { kind: 'other' }],
    ['', { kind: 'other' }],
    ['buy:1:{"sku":"x"}', { kind: 'other' }],
    ['BUY:1:{"sku":5}', { kind: 'unreadable', reason: 'data' }],
    ['BUY:1:{"sku"', { kind: 'unreadable', reason: 'data' }],
    ['BUY', { kind: 'unreadable', reason: 'data' }],
    ['BUY:2:{"sku":"x"}', { kind: 'unreadable', reason: 'version' }],
    ['BUY:0:{"sku":"x"}', { kind: 'unreadable', reason: 'version' }],
    ['BUY:1:{"sku":"a\\nb:c"}', { kind: 'read', data: { sku: 'a\nb:c' } }],
  ])('reads %s as %j', (text, read) => {
    expect(buy.read(text)).toEqual(read);
  });

  it('understands old versions as long as it knows what became of them', () => {
    const renamed = createPayload({
      name: 'BUY',
      version: 3,
      parse: parseBuy,
      upgrade: {
        1: (old) => ({ tea: old }),
        2: (old) => ({ sku: Reflect.get(Object(old), 'tea') as unknown }),
      },
    });
    const data = { sku: 'SEN' };
    expect(renamed.read('BUY:1:"SEN"')).toEqual({ kind: 'read', data });
    expect(renamed.read('BUY:2:{"tea":"SEN"}')).toEqual({ kind: 'read', data });
    expect(renamed.read('BUY:3:{"sku":"SEN"}')).toEqual({ kind: 'read', data });
    const forgetful = createPayload({ name: 'BUY', version: 2, parse: parseBuy });
    expect(forgetful.read('BUY:1:"SEN"')).toEqual({ kind: 'unreadable', reason: 'version' });
  });

  it('is refused when it is signed and anything of it was changed', () => {
    const signed = createPayload({ name: 'BUY', parse: parseBuy, secrets });
    const written = signed.write({ sku: 'Trà sen' });
    fc.assert(
      fc.property(
        fc.nat({ max: written.length - 1 }),
        fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }),
        (at, letter) => {
          fc.pre(written.charAt(at) !== letter);
          const forged = written.slice(0, at) + letter + written.slice(at + 1);
          expect(signed.read(forged).kind).not.toBe('read');
        },
      ),
    );
    expect(signed.read('BUY:1:{"sku":"SEN"}')).toEqual({
      kind: 'unreadable',
      reason: 'signature',
    });
  });

  it('is refused when half a letter was put in place of one that could not be read', () => {
    const signed = createPayload({ name: 'ANY', parse, secrets });
    const written = signed.write('Trà \uFFFD');
    expect(signed.read(written.replace('\uFFFD', '\uD800'))).toEqual({
      kind: 'unreadable',
      reason: 'signature',
    });
  });

  it('is still taken while its secret is being changed', () => {
    const old = createPayload({ name: 'BUY', parse: parseBuy, secrets });
    const both = [`new ${secrets[0]}`, ...secrets];
    const changing = createPayload({ name: 'BUY', parse: parseBuy, secrets: both });
    expect(changing.read(old.write({ sku: 'SEN' })).kind).toBe('read');
    expect(old.read(changing.write({ sku: 'SEN' })).kind).toBe('unreadable');
  });

  it('of more than 1000 characters, or with data that does not fit, is not written', () => {
    const any = createPayload({ name: 'A', parse });
    expect(any.write('x'.repeat(994))).toHaveLength(1_000);
    expect(() => any.write('x'.repeat(995))).toThrow(PayloadError);
    expect(() => any.write('x'.repeat(995))).toThrow('has 1001 characters');
    expect(() => buy.write({ sku: 5 as unknown as string })).toThrow(PayloadError);
  });

  it('is not written of data that JSON cannot hold, and never tried again', () => {
    const any = createPayload({ name: 'A', parse });
    expect(() => any.write(10n)).toThrow(PayloadError);
    expect(() => any.write(10n)).toThrow('Payload A');
  });

  it.each([
    ['name', { name: 'has spaces', parse }],
    ['version', { name: 'A', version: 0, parse }],
    ['version', { name: 'A', version: 1.5, parse }],
    ['secret', { name: 'A', secrets: ['short'], parse }],
  ])('cannot be made with a %s that breaks its rule', (what, options) => {
    expect(() => createPayload(options)).toThrow(SetupError);
    expect(() => createPayload(options)).toThrow(what);
  });
});
