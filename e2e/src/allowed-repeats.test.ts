import type { ChatMessage, Delivery } from '@bot/emulator';
import { describe, expect, it } from 'vitest';
import { saidOnce, type Told } from './allowed-repeats.ts';

const psid = '6174920385517204';

/** A send of a step, at a time; its id is both. */
function send(step: string, timestamp: number): ChatMessage {
  const mid = `${step}@${timestamp}`;
  return { mid, direction: 'in', timestamp, metadata: step, text: step, status: 'delivered' };
}

/** The echo of a send, and when it was tried with which status; each try takes 10 ms. */
function echo(mid: string, ...tries: readonly { at: number; status: number }[]): Delivery {
  const events = [
    { pageId: '100000000000001', psid, field: 'message_echoes', standby: false, mids: [mid] },
  ];
  const attempts = tries.map(({ at, status }) => ({ at, status, ms: 10 }));
  return { id: mid, events, body: '', signature: '', attempts, done: true, accepted: true };
}

function told(messages: readonly ChatMessage[], deliveries: readonly Delivery[]): Told {
  const conversation = {
    psid,
    pageId: '100000000000001',
    messages,
    typingUntil: 0,
    readUntil: 0,
    lastInboundAt: 0,
    blocked: false,
  };
  return { conversations: { [psid]: conversation }, deliveries };
}

const twice = [send('chào', 1_000), send('chào', 6_100), send('tạm biệt', 6_200)];

describe('what was said once', () => {
  it('leaves a repeat out whose echo had not been taken in 5 s, or never', () => {
    const late = echo('chào@1000', { at: 1_020, status: 503 }, { at: 5_990, status: 200 });
    expect(saidOnce(told(twice, [late]), psid)).toEqual(['chào', 'tạm biệt']);
    expect(saidOnce(told(twice, []), psid)).toEqual(['chào', 'tạm biệt']);
  });

  it('keeps a repeat whose echo had been taken in time', () => {
    const inTime = echo('chào@1000', { at: 1_020, status: 0 }, { at: 5_980, status: 200 });
    expect(saidOnce(told(twice, [inTime]), psid)).toEqual(['chào', 'chào', 'tạm biệt']);
  });

  it('keeps what says the same in answer to something else', () => {
    const messages = [send('chào', 1_000), { ...send('hỏi', 2_000), text: 'chào' }];
    expect(saidOnce(told(messages, []), psid)).toEqual(['chào', 'chào']);
  });
});
