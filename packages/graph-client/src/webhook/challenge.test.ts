import { describe, expect, it } from 'vitest';

import { answerChallenge } from './challenge.ts';

const good = {
  'hub.mode': 'subscribe',
  'hub.verify_token': 'a token of ours',
  'hub.challenge': '1158201444',
};

describe('the handshake', () => {
  it('is answered with its challenge', () => {
    expect(answerChallenge(good, 'a token of ours')).toEqual({
      kind: 'accepted',
      challenge: '1158201444',
    });
  });

  it.each([
    ['another mode', { ...good, 'hub.mode': 'unsubscribe' }],
    ['no mode', { ...good, 'hub.mode': undefined }],
    ['another token', { ...good, 'hub.verify_token': 'a token of theirs' }],
    ['a longer token', { ...good, 'hub.verify_token': 'a token of ours ' }],
    ['no token', { ...good, 'hub.verify_token': undefined }],
    ['a list of tokens', { ...good, 'hub.verify_token': ['a token of ours'] }],
    ['no challenge', { ...good, 'hub.challenge': undefined }],
    ['an empty challenge', { ...good, 'hub.challenge': '' }],
    ['a script as challenge', { ...good, 'hub.challenge': '<script>alert(1)</script>' }],
    ['a challenge with a line break', { ...good, 'hub.challenge': '1\n' }],
    ['a challenge without end', { ...good, 'hub.challenge': '1'.repeat(65) }],
    ['nothing', {}],
  ])('is refused with %s, and repeats nothing of it', (_what, query) => {
    const answer = answerChallenge(query, 'a token of ours');
    expect(answer.kind).toBe('refused');
    expect(JSON.stringify(answer)).not.toMatch(/script|theirs|1158201444/);
  });

  it('accepts nothing while our own token is empty', () => {
    expect(answerChallenge({ ...good, 'hub.verify_token': '' }, '').kind).toBe('refused');
  });
});
