import { createHash, createHmac } from 'node:crypto';
import { mark, message, secret, signature, verifyToken } from './webhook.test-setup.ts';

/** What everybody may know of a delivery. */
export const forgedBody: string = message(mark);

const header = (value: string): string => `x-hub-signature-256: ${value}`;
const right = signature(forgedBody);
const value = right.slice('x-hub-signature-256: '.length);
const hex = value.slice('sha256='.length);
const mac = (algorithm: string, key = secret): string =>
  createHmac(algorithm, key).update(forgedBody).digest('hex');
const flipped = (at: number): string =>
  `sha256=${hex.slice(0, at)}${hex[at] === '0' ? '1' : '0'}${hex.slice(at + 1)}`;

/** Header lines that do not prove that {@link forgedBody} comes from Meta. */
export const badSignatures: readonly (readonly [name: string, headers: readonly string[]])[] = [
  ['none', []],
  ['empty', [header('')]],
  ['blank', [header('   ')]],
  ['the prefix alone', [header('sha256=')]],
  ['no prefix', [header(hex)]],
  ['"null"', [header('null')]],
  ['"undefined"', [header('undefined')]],
  ['"true"', [header('true')]],
  ['the prefix in capitals', [header(`SHA256=${hex}`)]],
  ['the digits in capitals', [header(`sha256=${hex.toUpperCase()}`)]],
  ['one digit in capitals', [header(value.replace(/[a-f](?=[^a-f]*$)/, (x) => x.toUpperCase()))]],
  ['63 digits', [header(value.slice(0, -1))]],
  ['65 digits', [header(`${value}0`)]],
  ['128 digits', [header(value + hex)]],
  ['half of the digits', [header(value.slice(0, 39))]],
  ['8,000 digits', [header(`sha256=${'0'.repeat(8_000)}`)]],
  ['zeros', [header(`sha256=${'0'.repeat(64)}`)]],
  ['all f', [header(`sha256=${'f'.repeat(64)}`)]],
  ['no hex', [header(`sha256=${'g'.repeat(64)}`)]],
  ['stars', [header(`sha256=${'*'.repeat(64)}`)]],
  ['the first digit wrong', [header(flipped(0))]],
  ['the middle digit wrong', [header(flipped(31))]],
  ['the last digit wrong', [header(flipped(63))]],
  ['the digits backwards', [header(`sha256=${hex.split('').toReversed().join('')}`)]],
  ['a space behind the prefix', [header(`sha256= ${hex}`)]],
  ['a tab behind the prefix', [header(`sha256=\t${hex}`)]],
  ['a colon for the equals sign', [header(`sha256:${hex}`)]],
  ['the prefix twice', [header(`sha256=${value}`)]],
  ['0x', [header(`sha256=0x${hex.slice(2)}`)]],
  ['quotes', [header(`"${value}"`)]],
  ['quotes around the digits', [header(`sha256="${hex}"`)]],
  ['a comma behind', [header(`${value},`)]],
  ['a parameter behind', [header(`${value};v=1`)]],
  ['an equals sign written %3D', [header(`sha256%3D${hex}`)]],
  ['base64', [header(`sha256=${Buffer.from(hex, 'hex').toString('base64')}`)]],
  ['bytes above ASCII', [header(`sha256=\xff${hex.slice(1)}`)]],
  ['a no-break space before', [header(`\xa0${value}`)]],
  ['it twice', [right, right]],
  ['it and then a wrong one', [right, header(flipped(0))]],
  ['it behind a wrong one', [header(flipped(0)), right]],
  ['it twice in one line', [header(`${value}, ${value}`)]],
  ['a list as JSON', [header(`["${value}"]`)]],
  ['SHA-1 in the old header', [`x-hub-signature: sha1=${mac('sha1')}`]],
  ['SHA-256 in the old header', [`x-hub-signature: ${value}`]],
  ['SHA-1', [header(`sha1=${mac('sha1')}`)]],
  ['SHA-1 named SHA-256', [header(`sha256=${mac('sha1')}`)]],
  ['SHA-512', [header(`sha512=${mac('sha512')}`)]],
  ['SHA-512, cut short', [header(`sha256=${mac('sha512').slice(0, 64)}`)]],
  ['MD5', [header(`md5=${mac('md5')}`)]],
  [
    'a hash without a key',
    [header(`sha256=${createHash('sha256').update(forgedBody).digest('hex')}`)],
  ],
  ['another secret', [signature(forgedBody, 'another')]],
  ['an empty secret', [signature(forgedBody, '')]],
  ['the secret and a space', [signature(forgedBody, `${secret} `)]],
  ['the secret in capitals', [signature(forgedBody, secret.toUpperCase())]],
  ['the verify token as secret', [signature(forgedBody, verifyToken)]],
  ['"undefined" as secret', [signature(forgedBody, 'undefined')]],
  ['the signature of nothing', [signature('')]],
  ['the signature of another delivery', [signature(message('m_other'))]],
  ['the signature with a line end more', [signature(`${forgedBody}\n`)]],
  ['the signature of its JSON unescaped', [signature(JSON.stringify(JSON.parse(forgedBody)))]],
  ['another name', [`x_hub_signature_256: ${value}`]],
  ['a cookie', [`cookie: x-hub-signature-256=${value}`]],
  ['Authorization', [`authorization: ${value}`]],
];
