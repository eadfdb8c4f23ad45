import type { Nlp, TextEvent } from '@bot/graph-client/webhook';
import { describe, expect, it } from 'vitest';
import { messengerEntities } from './messenger-entities.ts';

const none: Nlp = { intents: [], locales: [], entities: [], traits: [] };

function eventOf(nlp: Partial<Nlp> | undefined): TextEvent {
  return {
    type: 'text',
    id: 'm_1',
    mid: 'm_1',
    platform: 'page',
    pageId: '1',
    psid: '2',
    timestamp: 1,
    channel: 'messaging',
    text: '…',
    ...(nlp === undefined ? {} : { nlp: { ...none, ...nlp } }),
  };
}

const unit = (name: string, body: string, value: string, confidence = 0.9): object => ({
  name,
  body,
  value,
  confidence,
});

describe("Messenger's entities", () => {
  it('come in the form of those that are found here, by new names and old', () => {
    const entities = [
      unit('wit$datetime:datetime', 'tomorrow at 3', '2026-11-27T15:00:00.000+07:00'),
      unit('datetime', 'tomorrow', '2026-11-27T00:00:00.000+07:00'),
      unit('wit$phone_number:phone_number', '0912 345 678', '0912345678'),
      unit('wit$amount_of_money:amount_of_money', '200k', '200'),
    ] as Nlp['entities'];
    expect(messengerEntities(eventOf({ entities }))).toEqual([
      { kind: 'date', text: 'tomorrow at 3', date: '2026-11-27', time: '15:00' },
      { kind: 'date', text: 'tomorrow', date: '2026-11-27' },
      { kind: 'phone', text: '0912 345 678', number: '+84912345678' },
      { kind: 'money', text: '200k', amount: 200_000, currency: 'VND' },
    ]);
  });

  it('are left out when they are unsure, unknown, or have no value', () => {
    const entities = [
      unit('wit$datetime:datetime', 'mai', '2026-11-27T00:00:00.000+07:00', 0.5),
      unit('wit$datetime:datetime', 'mai', 'soon'),
      unit('wit$phone_number:phone_number', '12', '12'),
      unit('wit$location:location', 'Huế', 'Huế'),
      { name: 'wit$amount_of_money:amount_of_money', confidence: 1 },
    ] as Nlp['entities'];
    expect(messengerEntities(eventOf({ entities }))).toEqual([]);
    expect(messengerEntities(eventOf(undefined))).toEqual([]);
  });
});
