import { describe, expect, it } from 'vitest';
import { messagingWindow, type WindowRequest } from './messaging-window.ts';

const HOUR = 60 * 60 * 1_000;
const DAY = 24 * HOUR;
const now = 1_700_000_000_000;

describe('the messaging window', () => {
  it.each([
    // by, message, time since the person's last act, verdict
    ['bot', 'other', 0, 'RESPONSE'],
    ['bot', 'other', DAY - 1, 'RESPONSE'],
    ['bot', 'other', DAY, 'closed'],
    ['bot', 'other', 30 * DAY, 'closed'],
    ['bot', 'other', -5_000, 'RESPONSE'],
    ['bot', 'other', undefined, 'closed'],
    ['bot', 'utility', 0, 'UTILITY'],
    ['bot', 'utility', 30 * DAY, 'UTILITY'],
    ['bot', 'utility', undefined, 'UTILITY'],
    ['bot', 'feedback', HOUR, 'RESPONSE'],
    ['bot', 'feedback', DAY, 'CUSTOMER_FEEDBACK'],
    ['bot', 'feedback', 7 * DAY - 1, 'CUSTOMER_FEEDBACK'],
    ['bot', 'feedback', 7 * DAY, 'closed'],
    ['bot', 'feedback', undefined, 'closed'],
    ['human', 'other', HOUR, 'RESPONSE'],
    ['human', 'other', DAY, 'HUMAN_AGENT'],
    ['human', 'other', 7 * DAY - 1, 'HUMAN_AGENT'],
    ['human', 'other', 7 * DAY, 'closed'],
    ['human', 'other', undefined, 'closed'],
    ['human', 'feedback', 2 * DAY, 'CUSTOMER_FEEDBACK'],
    ['human', 'utility', 30 * DAY, 'UTILITY'],
  ] as const)('for a %s’s %s message %s ms after the person’s act: %s', (by, message, ago, is) => {
    const lastPersonAt = ago === undefined ? undefined : now - ago;
    const request: WindowRequest = { now, lastPersonAt, by, message };
    const verdict = messagingWindow(request);
    expect(verdict.kind === 'send' ? verdict.messagingType : verdict.kind).toBe(is);
  });

  it.each([
    ['bot', 'other', DAY],
    ['human', 'other', 7 * DAY],
    ['bot', 'feedback', 7 * DAY],
  ] as const)('says when it closed for a %s’s %s message', (by, message, length) => {
    expect(messagingWindow({ now, lastPersonAt: now - 9 * DAY, by, message })).toEqual({
      kind: 'closed',
      closedAt: now - 9 * DAY + length,
    });
  });
});
