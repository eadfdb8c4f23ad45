import { describe, expect, it } from 'vitest';
import type { ChatMessage, Delivery, EmulatorChange, GraphCall } from '../../src/state/state.ts';
import { askAgain, createThread, takeAnswer, takeThreadChange, type Thread } from './thread.ts';

const message = (mid: string, more: Partial<ChatMessage> = {}): ChatMessage => ({
  mid,
  direction: 'out',
  timestamp: Number(mid),
  text: mid,
  status: 'sending',
  ...more,
});
const said = (changed: ChatMessage, psid = '1'): EmulatorChange => ({
  kind: 'message',
  psid,
  message: changed,
});
const delivery = (id: string, psid: string): Delivery => ({
  id,
  events: [{ pageId: '10', psid, field: 'messages', standby: false, mids: [] }],
  body: '{}',
  signature: 'sha256=0',
  attempts: [],
  done: false,
  accepted: false,
});
const call = (id: string, psid?: string): GraphCall => ({
  id,
  method: 'POST',
  path: '/10/messages',
  parameters: {},
  status: 200,
  at: 1,
  ms: 1,
  ...(psid === undefined ? {} : { psid }),
});
const nothing = { deliveries: [], calls: [] };
const answered = (...messages: readonly ChatMessage[]): Thread =>
  takeAnswer(createThread('1'), messages, nothing);

describe('an open conversation', () => {
  it('puts what arrives during a fetch after what was fetched, once', () => {
    const asked = takeThreadChange(createThread('1'), said(message('2', { status: 'delivered' })));
    const thread = takeAnswer(asked, [message('1'), message('2')], nothing);
    expect([...thread.messages.values()].map(({ mid, status }) => [mid, status])).toEqual([
      ['1', 'sending'],
      ['2', 'delivered'],
    ]);
  });

  it('forgets what it knew before it asked again', () => {
    const before = takeThreadChange(createThread('1'), said(message('1')));
    const thread = takeAnswer(askAgain(before), [message('1', { status: 'read' })], nothing);
    expect(thread.messages.get('1')?.status).toBe('read');
  });

  it('takes edits and reactions in place', () => {
    const thread = [
      said(message('1', { text: 'sửa rồi', edits: 1 })),
      { kind: 'reaction', psid: '1', message: message('1', { reaction: 'love' }) } as const,
    ].reduce(takeThreadChange, answered(message('1'), message('2')));
    expect([...thread.messages.keys()]).toEqual(['1', '2']);
    expect(thread.messages.get('1')?.reaction).toBe('love');
  });

  it('marks what the person has read', () => {
    const page = { direction: 'in', status: 'delivered' } as const;
    const thread = takeThreadChange(answered(message('1', page), message('2', page)), {
      kind: 'read',
      psid: '1',
      readUntil: 1,
    });
    expect([...thread.messages.values()].map(({ status }) => status)).toEqual([
      'read',
      'delivered',
    ]);
  });

  it('has only its own deliveries and calls', () => {
    const changes: readonly EmulatorChange[] = [
      { kind: 'delivery', delivery: delivery('d1', '1') },
      { kind: 'delivery', delivery: delivery('d2', '2') },
      { kind: 'call', call: call('c1', '1') },
      { kind: 'call', call: call('c2') },
    ];
    const thread = changes.reduce(takeThreadChange, answered());
    expect([...thread.deliveries.keys(), ...thread.calls.keys()]).toEqual(['d1', 'c1']);
  });

  it('stays the same for the change of another one', () => {
    const thread = answered(message('1'));
    expect(takeThreadChange(thread, said(message('2'), '2'))).toBe(thread);
  });
});
