import { forgedBody } from './signatures.test-setup.ts';
import { mark, rawRequest, signature } from './webhook.test-setup.ts';

/** A request that is not as HTTP has it, and the statuses that may answer it; 0 is a cut. */
export interface Broken {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly answers: readonly number[];
}

const host = 'host: bot.example';
const close = 'connection: close';
const length = `content-length: ${forgedBody.length}`;
const proof = signature(forgedBody);
const chunked = 'transfer-encoding: chunked';

/** A delivery that would be right, were it not for the lines around its body. */
const framed = (headers: readonly string[], body: string = forgedBody): Buffer =>
  rawRequest('POST /webhook HTTP/1.1', [host, close, proof, ...headers], body);

const table = (
  answers: readonly number[],
  rows: readonly (readonly [name: string, bytes: Uint8Array | string])[],
): Broken[] =>
  rows.map(([name, bytes]) => ({
    name,
    bytes: typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes,
    answers,
  }));

const inner = `POST /webhook HTTP/1.1\r\n${host}\r\n${length}\r\n\r\n${forgedBody}`;
const hexLength = forgedBody.length.toString(16);
const chunk = `${hexLength}\r\n${forgedBody}\r\n`;

/** Two readers could see two ends of the body: refused, and nothing after it is a request. */
const ambiguous = table(
  [400],
  [
    ['two lengths', framed([length, 'content-length: 3'])],
    ['the same length twice', framed([length, length])],
    ['two lengths in one line', framed([`${length}, ${forgedBody.length}`])],
    ['a length and chunks', framed([length, chunked], `${chunk}0\r\n\r\n`)],
    ['chunks and a length', framed([chunked, length], `${chunk}0\r\n\r\n`)],
    ['a short length and chunks', framed(['content-length: 4', chunked], `0\r\n\r\n${inner}`)],
    ...['-1', '+5', '0x10', '1e3', '1.5', '5 5', '5,', '"5"', 'x', '', ' ', '9'.repeat(40)].map(
      (value) => [`the length ${value.slice(0, 9)}`, framed([`content-length: ${value}`])] as const,
    ),
    ...['chunked, identity', 'xchunked', 'identity', 'gzip', 'chunked;q=1', '"chunked"', ''].map(
      (value) =>
        [
          `the encoding ${value}`,
          framed([`transfer-encoding: ${value}`], `${chunk}0\r\n\r\n`),
        ] as const,
    ),
    ['chunked twice', framed([chunked, chunked], `${chunk}0\r\n\r\n`)],
    ['a tab before the colon', framed(['transfer-encoding\t: chunked'], `${chunk}0\r\n\r\n`)],
    ['a space before the colon', framed([`content-length : ${forgedBody.length}`])],
    ['a folded header', framed([length, 'x-a: b\r\n c'])],
    ['a folded length', framed([`content-length:\r\n ${forgedBody.length}`])],
    [
      'an HTTP/1.0 with chunks and a length',
      rawRequest('POST /webhook HTTP/1.0', [chunked, length], inner),
    ],
  ],
);

/** Chunks that are none: the body is never whole. */
const chunks = table(
  [400],
  [
    ['a size that is none', framed([chunked], `zz\r\n${forgedBody}\r\n0\r\n\r\n`)],
    ['a negative size', framed([chunked], `-1\r\n${forgedBody}\r\n0\r\n\r\n`)],
    ['a size with 0x', framed([chunked], `0x${hexLength}\r\n${forgedBody}\r\n0\r\n\r\n`)],
    ['a size with a space before', framed([chunked], ` ${chunk}0\r\n\r\n`)],
    ['a size of 17 digits', framed([chunked], `${'f'.repeat(17)}\r\n${forgedBody}`)],
    ['no size', framed([chunked], `\r\n${forgedBody}\r\n0\r\n\r\n`)],
    ['a size too small', framed([chunked], `1\r\n${forgedBody}\r\n0\r\n\r\n`)],
    ['a bare line feed', framed([chunked], `${hexLength}\n${forgedBody}\n0\n\n`)],
    ['no line end behind', framed([chunked], `${hexLength}\r\n${forgedBody}0\r\n\r\n`)],
    ['a trailer that is none', framed([chunked], `${chunk}0\r\nno trailer\r\n\r\n`)],
  ],
);

/** These end at a limit of size: of the header, of chunk extensions, of the body. */
const oversized = [
  ...table(
    [431],
    [
      ['a header of 16 KiB', framed([length, `x-a: ${'a'.repeat(16_384)}`])],
      ['a header of 1 MB', framed([length, `x-a: ${'a'.repeat(1_000_000)}`])],
      [
        '10,000 headers',
        framed([length, ...Array.from({ length: 10_000 }, (_, at) => `h${at}: 0`)]),
      ],
      ['a name of 20 KB', framed([length, `${'a'.repeat(20_000)}: 0`])],
      ['an address of 20 KB', rawRequest(`GET /${'a'.repeat(20_000)} HTTP/1.1`, [host, close])],
      ['trailers of 20 KB', framed([chunked], `0\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`)],
    ],
  ),
  ...table(
    [413],
    [
      ['the length of 5 MB', framed(['content-length: 5000000'], forgedBody)],
      ['the length of 9 PB', framed(['content-length: 9007199254740991'], forgedBody)],
      [
        'chunks of 5 MB',
        framed([chunked], `${chunk}4c4b40\r\n${' '.repeat(5_000_000)}\r\n0\r\n\r\n`),
      ],
    ],
  ),
  ...table(
    [413, 400],
    [['a chunk extension of 20 KB', framed([chunked], `1;a=${'a'.repeat(20_000)}\r\n{\r\n`)]],
  ),
];

const odd = table(
  [400],
  [
    ['nothing but line ends and a word', '\r\n\r\nxin chao\r\n\r\n'],
    ['TLS', Buffer.from('16030100c8010000c40303', 'hex')],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['SSH', 'SSH-2.0-OpenSSH_9.0\r\n'],
    ['SOCKS', Buffer.from('050100', 'hex')],
    ['Redis', '*1\r\n$8\r\nFLUSHALL\r\n'],
    ['zeros', Buffer.alloc(1_000)],
    ['bytes of every kind', Buffer.from(Array.from({ length: 256 }, (_, at) => at))],
    ...['HTTP/1.2', 'HTTP/3.0', 'HTTP/9.9', 'HTTP/1', 'HTTP/1.1.1', 'http/1.1', 'HTTQ/1.1', ''].map(
      (version) =>
        [`the version "${version}"`, rawRequest(`GET /livez ${version}`, [host])] as const,
    ),
    ...['get', 'G\0T', 'GETS', 'P OST', 'M'.repeat(5_000), 'G\xe9T', '"GET"'].map(
      (method) =>
        [
          `the method ${JSON.stringify(method.slice(0, 9))}`,
          rawRequest(`${method} / HTTP/1.1`, [host]),
        ] as const,
    ),
    ['no host', rawRequest('POST /webhook HTTP/1.1', [length, proof], forgedBody)],
    ['no address', rawRequest('GET HTTP/1.1', [host])],
    ['a space in the address', rawRequest('GET /a b HTTP/1.1', [host])],
    ['a NUL in the address', rawRequest('GET /\0 HTTP/1.1', [host])],
    ['a tab for a space', rawRequest('GET\t/livez\tHTTP/1.1', [host])],
    ['a header without a colon', framed([length, mark])],
    ['a header without a name', framed([length, `: ${mark}`])],
    ['a space in a name', framed([length, `x ${mark}: 1`])],
    ['a NUL in a value', framed([length, `x: ${mark}\0`])],
    ['a bare carriage return', framed([length, `x: ${mark}\ry: 1`])],
    ['a letter above ASCII in a name', framed([length, 'x-\xe9: 1'])],
    ['only line feeds', `POST /webhook HTTP/1.1\n${host}\n${length}\n${proof}\n\n${forgedBody}`],
  ],
);

/** Node takes these for HTTP/1, and they get what anybody gets. */
const old = table(
  [403],
  [
    ['HTTP/0.9', 'GET /webhook\r\n\r\n'],
    ['HTTP/1.0', 'GET /webhook HTTP/1.0\r\n\r\n'],
    ['HTTP/2.0 in words', rawRequest('GET /webhook HTTP/2.0', [host, close])],
  ],
);

/** Cut off when the time for a request is over. */
export const unfinished: readonly Broken[] = table(
  [408, 0],
  [
    ['no byte', ''],
    ['half a line', 'POST /web'],
    ['half a header', `POST /webhook HTTP/1.1\r\n${host}\r\nx-hub-sig`],
    ['no body', framed(['content-length: 100'], '')],
    ['half a body', framed([`content-length: ${forgedBody.length * 2}`])],
    ['no first chunk', framed([chunked], '')],
    ['half a chunk', framed([chunked], `fff\r\n${forgedBody}`)],
    ['no last chunk', framed([chunked], chunk)],
    ['a signature in a trailer that does not end', framed([chunked], `${chunk}0\r\n${proof}\r\n`)],
  ],
);

export const broken: readonly Broken[] = [...ambiguous, ...chunks, ...oversized, ...odd, ...old];
