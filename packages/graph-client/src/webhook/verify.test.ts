import { describe, expect, it } from 'vitest';

import { deliveryBody, signDelivery, textDelivery, toMetaJson } from '../testing/index.ts';
import { verifySignature } from './verify.ts';

const secret = 'app-secret';
const body = deliveryBody(
  textDelivery({
    pageId: '104729384756123',
    psid: '6912345678901234',
    mid: 'm_1',
    text: 'Bạn vừa nói: "100% </b> a@b"',
    timestamp: 1_763_900_000_000,
  }),
);
const header = signDelivery(body, secret);
const hex = header.slice('sha256='.length);

describe('a signature', () => {
  it("over Meta's escaped bytes is accepted", () => {
    expect(body.toString('latin1')).toContain(
      String.raw`B\u1ea1n v\u1eeba n\u00f3i: \"100\u0025 \u003C\/b> a\u0040b\"`,
    );
    expect(verifySignature({ body, header, secrets: [secret] })).toBe(true);
  });

  it('over the same JSON written in another way is refused', () => {
    const rebuilt = Buffer.from(JSON.stringify(JSON.parse(body.toString())));
    expect(verifySignature({ body: rebuilt, header, secrets: [secret] })).toBe(false);
  });

  it('is the HMAC-SHA256 that others compute (RFC 4231, test case 2)', () => {
    expect(
      verifySignature({
        body: Buffer.from('what do ya want for nothing?'),
        header: 'sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
        secrets: ['Jefe'],
      }),
    ).toBe(true);
  });

  it.each([[['new', secret]], [[secret, 'old']], [['', secret]]])(
    'fits any of several secrets: %j',
    (secrets) => {
      expect(verifySignature({ body, header, secrets })).toBe(true);
    },
  );

  it('fits no other secret, and not none', () => {
    expect(verifySignature({ body, header, secrets: ['other'] })).toBe(false);
    expect(verifySignature({ body, header, secrets: [] })).toBe(false);
  });

  it('made with an empty secret is refused, even where one is configured by mistake', () => {
    const forged = signDelivery(body, '');
    expect(verifySignature({ body, header: forged, secrets: [''] })).toBe(false);
  });

  it('does not survive a changed byte', () => {
    for (const index of [0, 17, body.length - 1]) {
      const changed = Buffer.from(body);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      expect(verifySignature({ body: changed, header, secrets: [secret] })).toBe(false);
    }
  });

  it('covers an empty body', () => {
    const empty = new Uint8Array();
    expect(
      verifySignature({ body: empty, header: signDelivery(empty, secret), secrets: [secret] }),
    ).toBe(true);
  });

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['without its name', hex],
    ['SHA-1', `sha1=${hex.slice(0, 40)}`],
    ['named in capitals', `SHA256=${hex}`],
    ['in upper-case hex', `sha256=${hex.toUpperCase()}`],
    ['one digit short', header.slice(0, -1)],
    ['two digits short', header.slice(0, -2)],
    ['one digit long', `${header}0`],
    ['followed by what hex decoding ignores', `${header}zz`],
    ['followed by a line break', `${header}\n`],
    ['followed by a space', `${header} `],
    ['after a space', ` ${header}`],
    ['with a space inside', `sha256= ${hex}`],
    ['not hex', `sha256=${'z'.repeat(64)}`],
    ['not hex at its end', `sha256=${hex.slice(0, 62)}zz`],
    ['twice, as joined headers', `${header}, ${header}`],
    ['all zeros', `sha256=${'0'.repeat(64)}`],
    ['base64', `sha256=${Buffer.from(hex, 'hex').toString('base64')}`],
    ['full-width digits', `sha256=${'０'.repeat(64)}`],
  ])('that is %s is refused', (_what, wrong) => {
    expect(verifySignature({ body, header: wrong, secrets: [secret] })).toBe(false);
  });

  it('that a framework hands over as a list is refused', () => {
    const list = [header] as unknown as string;
    expect(verifySignature({ body, header: list, secrets: [secret] })).toBe(false);
  });
});

describe("Meta's JSON", () => {
  it('is ASCII and the same value', () => {
    const value = { text: 'Đường/phố <b> 100% @me 🙂 \u2028 \n', list: [1, null, true] };
    const json = toMetaJson(value);
    expect(json).toMatch(/^[\x20-\x7e]*$/);
    expect(json).toContain(String.raw`\ud83d\ude42`);
    expect(JSON.parse(json)).toEqual(value);
  });
});
