import type { Body } from './bodies.test-setup.ts';

/** What may stand where an id should: nothing of it may become part of a key in Redis. */
const ids: readonly unknown[] = [
  [0, -1, 1.5, 1e21, true, null, [], {}, [1], { id: 1 }],
  ['', ' ', '0', '-1', '1 2', '1\n', '1\r\nFLUSHALL\r\n', '\0', '*', '?', '[a-z]*', '{1}', '1:2'],
  ['../../etc/passwd', '1;2', "1' OR '1'='1", '$ne', '١٢٣', '１２３', 'ắ', '\ud800', '__proto__'],
  ['1'.repeat(33), '1'.repeat(10_000), 'm'.repeat(10_000)],
].flat();

/** What may stand where an object or a list should. */
const values: readonly unknown[] = [null, true, 0, '', 'x', [], {}, [[]], [null], [0, '', {}]];

const times: readonly unknown[] = [
  [0, -1, 0.5, 1e11, 1e14, 1e300, 2 ** 53, '0', '1763900000000', '1763900000', 'soon', ''],
  ['1'.repeat(1_000), [1], { $date: 1 }, null],
].flat();

interface Place {
  readonly name: string;
  readonly put: (value: unknown) => unknown;
}

const item = (content: object): object => ({
  sender: { id: '2' },
  recipient: { id: '1' },
  timestamp: 1_763_900_000_000,
  message: { mid: 'm_shape', text: 'Chào' },
  ...content,
});
const list = (messaging: unknown): object => ({
  object: 'page',
  entry: [{ id: '1', time: 1_763_900_000_000, messaging }],
});
const only = (content: object): object => list([item(content)]);
const said = (content: object): object => only({ message: { mid: 'm_shape', ...content } });

const idPlaces: readonly Place[] = [
  { name: 'the Page', put: (id) => ({ object: 'page', entry: [{ id, messaging: [item({})] }] }) },
  { name: 'the sender', put: (id) => only({ sender: { id } }) },
  { name: 'the mid', put: (mid) => said({ mid, text: 'Chào' }) },
  {
    name: "an echo's metadata",
    put: (metadata) => said({ is_echo: true, metadata: `${String(metadata)}/reply` }),
  },
];

const valuePlaces: readonly Place[] = [
  { name: 'the root', put: (value) => value },
  { name: 'the object', put: (object) => ({ ...list([item({})]), object }) },
  { name: 'the entries', put: (entry) => ({ object: 'page', entry }) },
  { name: 'an entry', put: (entry) => ({ object: 'page', entry: [entry] }) },
  { name: 'the items', put: list },
  { name: 'an item', put: (value) => list([value, item({})]) },
  { name: 'the sender', put: (sender) => only({ sender }) },
  { name: 'the message', put: (message) => only({ message }) },
  { name: 'the text', put: (text) => said({ text }) },
  { name: 'the attachments', put: (attachments) => said({ attachments }) },
  { name: 'an attachment', put: (payload) => said({ attachments: [{ type: 'image', payload }] }) },
  { name: 'a quick reply', put: (reply) => said({ text: 'Chào', quick_reply: reply }) },
  { name: 'the postback', put: (postback) => only({ message: undefined, postback }) },
  { name: 'the changes', put: (changes) => ({ object: 'page', entry: [{ id: '1', changes }] }) },
];

const repeat = (count: number, content: unknown): unknown[] =>
  Array.from({ length: count }, () => content);

const many: readonly Body[] = [
  ['1,000 empty items', JSON.stringify(list(repeat(1_000, {})))],
  ['100,000 empty items', JSON.stringify(list(repeat(100_000, {})))],
  ['100,000 items that are none', JSON.stringify(list(repeat(100_000, 0)))],
  ['1,000 times the same', JSON.stringify(list(repeat(1_000, item({}))))],
  ['10,000 entries', JSON.stringify({ object: 'page', entry: repeat(10_000, { id: '1' }) })],
  ['a text of a megabyte', JSON.stringify(said({ text: 'ắ'.repeat(350_000) }))],
  ['10,000 attachments', JSON.stringify(said({ attachments: repeat(10_000, { type: 'image' }) }))],
];

const called = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 24);

function everywhere(places: readonly Place[], put: readonly unknown[]): Body[] {
  return places.flatMap(({ name, put: into }) =>
    put.map((value): Body => [
      `${called(value)} as ${name}`,
      JSON.stringify(into(value)) ?? 'undefined',
    ]),
  );
}

export const shapes: readonly Body[] = [
  ...everywhere(idPlaces, ids),
  ...everywhere(valuePlaces, values),
  ...everywhere([{ name: 'the time', put: (timestamp) => only({ timestamp }) }], times),
  ...many,
];
