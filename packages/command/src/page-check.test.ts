import { describe, expect, it } from 'vitest';
import { findingsOf, unreached } from './page-check.ts';

const well = {
  kind: 'well',
  pageId: '10',
  name: 'Trà',
  missingFields: [],
  repairedFields: [],
} as const;

describe('the findings at a Page', () => {
  it('are none where all is well', () => {
    expect(findingsOf(well)).toEqual({ pageId: '10', name: 'Trà', ok: true, findings: [] });
  });

  it('name fields that are missing, and what was repaired, which leaves nothing to do', () => {
    const missing = findingsOf({ ...well, missingFields: ['messages', 'standby'] });
    expect(missing).toMatchObject({
      ok: false,
      findings: [{ text: 'The app is not subscribed to messages, standby.' }],
    });
    expect(findingsOf({ ...well, repairedFields: ['messages'] })).toMatchObject({
      ok: true,
      findings: [{ kind: 'fields-missing', text: expect.stringContaining('now') }],
    });
  });

  it('tell of a token that may not see or change subscriptions', () => {
    const { ok, findings } = findingsOf({ ...well, refusal: 'Graph refused it.' });
    expect(ok).toBe(false);
    expect(findings[0]).toMatchObject({ kind: 'subscription-refused', text: 'Graph refused it.' });
  });

  it('pass on the remedy of a trouble', () => {
    const trouble = { kind: 'token-dead', since: 1, reason: 'code 190', remedy: 'A new token.' };
    expect(findingsOf({ kind: 'trouble', trouble })).toEqual({
      ok: false,
      findings: [{ kind: 'token-dead', text: 'code 190', remedy: 'A new token.' }],
    });
  });

  it('say so when Graph cannot be reached', () => {
    expect(unreached(new Error('no answer'))).toMatchObject({
      ok: false,
      findings: [{ kind: 'unreached', text: 'no answer', remedy: expect.any(String) }],
    });
  });
});
