import { mark, message } from './webhook.test-setup.ts';

/** A body and how it is called. */
export type Body = readonly [name: string, body: Uint8Array | string];

export const limit: number = 4 * 1024 * 1024;

const whole = message('m_body');
const bytes = (...values: number[]): Buffer => Buffer.from(values);
const inText = (...values: number[]): Buffer => {
  const [before = '', after = ''] = whole.split(mark);
  return Buffer.concat([Buffer.from(before), bytes(...values), Buffer.from(after)]);
};

export const sizes: readonly Body[] = [
  ['nothing', ''],
  ...Array.from(' \n\0{}[]":,0-').map((one): Body => [`only ${JSON.stringify(one)}`, one]),
  ['a byte less than the limit', whole.padEnd(limit - 1)],
  ['the limit', whole.padEnd(limit)],
];

export const encodings: readonly Body[] = [
  ['a byte order mark', `\ufeff${whole}`],
  ['two byte order marks', `\ufeff\ufeff${whole}`],
  ['UTF-16', Buffer.from(whole, 'utf16le')],
  ['every byte', bytes(...Array.from({ length: 256 }, (_, index) => index))],
  ['an overlong slash', inText(0xc0, 0xaf)],
  ['an overlong NUL', inText(0xc0, 0x80)],
  ['a surrogate as UTF-8', inText(0xed, 0xa0, 0x80)],
  ['a letter beyond Unicode', inText(0xf4, 0x90, 0x80, 0x80)],
  ['a byte that UTF-8 has not', inText(0xff)],
  ['half a letter', inText(0xe1, 0xba)],
  ['a tail without a head', inText(0x80)],
  ['NUL', inText(0)],
  ['NUL, escaped', inText(...Buffer.from(String.raw`\u0000`))],
  ['half a surrogate pair', inText(...Buffer.from(String.raw`\ud83d`))],
  ['a pair the wrong way round', inText(...Buffer.from(String.raw`\ude00\ud83d`))],
  ['a line end in a string', inText(10)],
  ['an escape that is none', inText(...Buffer.from(String.raw`\x41`))],
  ['half an escape', inText(...Buffer.from(String.raw`\u00`))],
  ['gzip', bytes(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3)],
];

const inItem = (json: string): string =>
  `{"object":"page","entry":[{"id":"1","time":1,"messaging":[{"sender":{"id":"2"},"x":${json}}]}]}`;
const deep = 100_000;

const json: readonly Body[] = [
  ['no JSON', 'hub.mode=subscribe'],
  ['XML', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
  ['a comma too many', '{"object":"page",}'],
  ['a comment', '{"object":"page"/* x */}'],
  ['single quotes', "{'object':'page'}"],
  ['two values', whole + whole],
  ['a tail', `${whole}]`],
  ['no end', whole.slice(0, -3)],
  ['a string without end', `{"object":"${'a'.repeat(100_000)}`],
  ['a million escapes', inItem(JSON.stringify('"'.repeat(1_000_000)))],
  ['100,000 keys', inItem(`{${Array.from({ length: deep }, (_, at) => `"k${at}":0`).join(',')}}`)],
  ['a key of a megabyte', inItem(`{"${'k'.repeat(1_000_000)}":0}`)],
  ['100,000 strings', inItem(JSON.stringify(Array.from({ length: deep }, () => 'Chào')))],
  ['a million nulls', `{"entry":[${'null,'.repeat(800_000)}null]}`],
  ['100,000 lists', '['.repeat(deep) + ']'.repeat(deep)],
  ['100,000 lists in an item', inItem('['.repeat(deep) + ']'.repeat(deep))],
  ['100,000 lists that do not end', inItem('['.repeat(deep))],
  ['100,000 objects in an item', inItem('{"a":'.repeat(deep) + '0' + '}'.repeat(deep))],
  ['all keys twice', `{"object":"page","object":7,"entry":null,${whole.slice(1)}`],
];

const numbers: readonly string[] = [
  ['NaN', 'Infinity', '-Infinity', '0x10', '01', '+1', '1.', '.5', '1e', '--1', '1_000'],
  ['-0', '1e999', '-1e999', '1e-999', '9007199254740993', '-9007199254740993', '1e21', '0.1e2'],
  ['9'.repeat(1_000_000), `0.${'9'.repeat(1_000_000)}`, `1${'0'.repeat(400)}`],
].flat();

const inherited = ['__proto__', 'constructor', 'prototype', 'toString', 'toJSON', 'then', 'length'];
const pollution = inherited.flatMap((key): Body[] => [
  [`${key} at the root`, `{"${key}":{"polluted":1},${whole.slice(1)}`],
  [`${key} in an entry`, whole.replace('"time"', `"${key}":{"polluted":1},"time"`)],
  [`${key} in an item`, whole.replace('"sender"', `"${key}":{"polluted":1},"sender"`)],
  [`${key} as a value`, inItem(`"${key}"`)],
]);

export const documents: readonly Body[] = [
  ...json,
  ...numbers.map((number): Body => [`the number ${number.slice(0, 20)}`, inItem(number)]),
  ...pollution,
];
