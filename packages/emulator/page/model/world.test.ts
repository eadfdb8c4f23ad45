import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src/chat/snapshot.ts';
import type { ChatMessage, EmulatorChange } from '../../src/state/state.ts';
import {
  emptyWorld,
  endTyping,
  pageOf,
  sortedPeople,
  takeChanges,
  takeSnapshot,
  unreadTotal,
  type World,
} from './world.ts';

const pages: Snapshot['pages'] = [
  { id: '10', name: 'Tiệm Trà Nhỏ', profile: {}, subscribedFields: ['messages'] },
  { id: '11', name: 'Bánh Cốm', profile: {}, subscribedFields: undefined },
];

const begun = takeSnapshot(
  emptyWorld,
  { pages, people: [], webhook: { url: 'w', status: 200 }, faults: [], alerts: [], seed: 7 },
  0,
);
const people = [
  { psid: '1', name: 'Hà', pageId: '10' },
  { psid: '2', name: 'Alice', pageId: '11' },
];
const world = takeChanges(
  begun,
  people.map((person) => ({ kind: 'person', person })),
  0,
);

const says = (psid: string, message: Partial<ChatMessage>): EmulatorChange => ({
  kind: 'message',
  psid,
  message: { mid: 'a', direction: 'in', timestamp: 1, text: 'a', status: 'delivered', ...message },
});

const after = (...changes: readonly EmulatorChange[]): World => takeChanges(world, changes, 100);

describe('what the page knows of people', () => {
  it('counts what is unread once, and puts who spoke last first', () => {
    const known = after(
      says('2', { mid: 'a', timestamp: 10 }),
      says('2', { mid: 'b', timestamp: 11 }),
      says('2', { mid: 'b', timestamp: 11 }),
      says('2', { mid: 'a', timestamp: 10, reaction: 'love' }),
    );
    expect(known.people.get('2')).toMatchObject({ unread: 2, last: { mid: 'b' } });
    expect(unreadTotal(known)).toBe(2);
    expect(sortedPeople(known).map(({ psid }) => psid)).toEqual(['2', '1']);
  });

  it('has nothing unread once it was read, and nothing of what the person said', () => {
    const known = after(says('1', {}), { kind: 'read', psid: '1', readUntil: 1 });
    expect(unreadTotal(known)).toBe(0);
    expect(unreadTotal(after(says('1', { direction: 'out', status: 'sending' })))).toBe(0);
  });

  it('shows dots until the Page speaks, or for 20 seconds', () => {
    const typing = after({ kind: 'typing', psid: '1', typing: true });
    expect(typing.people.get('1')?.typing).toBe(true);
    expect(endTyping(typing, 20_099).people.get('1')?.typing).toBe(true);
    expect(endTyping(typing, 20_100).people.get('1')?.typing).toBe(false);
    expect(takeChanges(typing, [says('1', {})], 101).people.get('1')?.typing).toBe(false);
  });

  it('knows whose Page it is, the first one when nobody said', () => {
    expect(pageOf(world, world.people.get('1'))?.name).toBe('Tiệm Trà Nhỏ');
    expect(pageOf(world, world.people.get('2'))?.name).toBe('Bánh Cốm');
    const conversation = {
      psid: '1',
      pageId: '11',
      messages: [],
      typingUntil: 0,
      readUntil: 0,
      lastInboundAt: 5,
      blocked: true,
    };
    const moved = after({ kind: 'conversation', conversation });
    expect(moved.people.get('1')).toMatchObject({
      pageId: '11',
      blocked: true,
      lastInboundAt: 5,
      ownerAppId: undefined,
    });
  });

  it('does not change for a person whom it does not know', () => {
    expect(after(says('9', {})).people).toEqual(world.people);
  });
});
