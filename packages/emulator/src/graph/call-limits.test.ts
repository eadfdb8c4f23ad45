import { describe, expect, it } from 'vitest';
import { callGraph, createScene, graphPath, thuHa } from '../testing/scene.ts';
import { expectRefused, expectTaken } from '../testing/verdicts.ts';
import { url } from '../testing/templates.ts';

/* The limits that Meta's pages name for calls that send no message, row by row. */

const long = (length: number): string => 'ữ'.repeat(length);
const many = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);

/** The row, what is taken, what is refused, what the refusal names, and the edge. */
type Row = readonly [row: string, taken: object, refused: object, named: string, edge: string];

const menuItem = { type: 'postback', title: 'Gọi món', payload: 'ORDER' };
const localised = (field: string, items: object[]): object => ({
  [field]: [{ locale: 'default', call_to_actions: items }],
});
const menu = (items: object[]): object => ({
  get_started: { payload: 'START' },
  ...localised('persistent_menu', items),
});
const breaker = { question: 'Mấy giờ mở cửa?', payload: 'HOURS' };
const command = { name: 'menu', description: 'Xem thực đơn' };
const commands = (count: number): object => ({
  commands: [{ locale: 'default', commands: many(count, command) }],
});

const calls: readonly Row[] = [
  [
    'ice breakers: 4',
    localised('ice_breakers', many(4, breaker)),
    localised('ice_breakers', many(5, breaker)),
    'ice_breakers',
    'messenger_profile',
  ],
  [
    'menu: 20 items',
    menu(many(20, menuItem)),
    menu(many(21, menuItem)),
    'persistent_menu',
    'messenger_profile',
  ],
  [
    'menu title: 30',
    menu([{ ...menuItem, title: long(30) }]),
    menu([{ ...menuItem, title: long(31) }]),
    '[title]',
    'messenger_profile',
  ],
  [
    'menu payload: 1000',
    menu([{ ...menuItem, payload: long(1000) }]),
    menu([{ ...menuItem, payload: long(1001) }]),
    '[payload]',
    'messenger_profile',
  ],
  ['commands: 100', commands(100), commands(101), 'commands', 'messenger_profile'],
  [
    'persona name: 50',
    { name: long(50), profile_picture_url: url },
    { name: long(51), profile_picture_url: url },
    'name',
    'personas',
  ],
  [
    'moderation: 10 people',
    { user_ids: many(10, { id: thuHa }), actions: ['move_to_spam'] },
    { user_ids: many(11, { id: thuHa }), actions: ['move_to_spam'] },
    'user_ids',
    'moderate_conversations',
  ],
  [
    'thread control metadata: 1000',
    { recipient: { id: thuHa }, metadata: long(1000) },
    { recipient: { id: thuHa }, metadata: long(1001) },
    'metadata',
    'take_thread_control',
  ],
  [
    'batch: 50 calls',
    { batch: many(50, { method: 'GET', relative_url: 'me' }) },
    { batch: many(51, { method: 'GET', relative_url: 'me' }) },
    'Maximum batch size is 50',
    '',
  ],
];

describe('limits of other calls', () => {
  it.each(calls)('%s', async (_row, taken, refused, named, edge) => {
    const { emulator } = await createScene();
    const path = edge === '' ? graphPath('').replace(/\/\d+\/\?/, '/?') : graphPath(edge);
    expectTaken(await callGraph(emulator, taken, { path }));
    expectRefused(await callGraph(emulator, refused, { path }), named);
    expect(emulator.state.conversations[thuHa]?.messages).toEqual([]);
  });
});
