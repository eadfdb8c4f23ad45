import { describe, expect, it } from 'vitest';

import { item, pageId, psid, single, timestamp } from './delivery.test-setup.ts';

describe('an item that lacks what it is about is unsupported:', () => {
  it.each<[string, object]>([
    ['a message whose mid is empty', { message: { mid: '', text: 'chào' } }],
    ['a reaction to nothing', { reaction: { action: 'react' } }],
    ['a reaction that does nothing', { reaction: { mid: 'm_1', action: 'stare' } }],
    ['an edit without words', { message_edit: { mid: 'm_1' } }],
    ['a link that is neither', { account_linking: { status: 'pending' } }],
    ['a thumb on nothing', { response_feedback: { feedback: 'Good response' } }],
    ['a thumb that says nothing', { response_feedback: { mid: 'm_1' } }],
    ['a form without id', { form: {} }],
    ['a template that is no coupon', { template: { type: 'raffle' } }],
    ['a policy without action', { policy_enforcement: {} }],
    ['roles that are a list', { app_roles: [] }],
  ])('%s', (_what, content) => {
    expect(single(item(content))).toMatchObject({
      type: 'unsupported',
      keys: Object.keys(content),
      psid,
    });
  });
});

describe('an item without a person', () => {
  it.each([
    ['an app role', { app_roles: { '1': ['secondary_receiver'] } }, 'app-roles'],
    ['a policy', { policy_enforcement: { action: 'unblock' } }, 'policy'],
  ])('is the Page’s, even if it names a sender: %s', (_what, content, type) => {
    for (const sender of [undefined, { id: psid }]) {
      const event = single(item({ sender, ...content }));
      expect(event).toMatchObject({ type, pageId, timestamp });
      expect(event.psid).toBeUndefined();
    }
  });

  it('cannot be named by a user_ref: it is kept as it came', () => {
    const tap = { sender: { user_ref: 'checkout-77' }, postback: { title: 'Mua', payload: 'BUY' } };
    expect(single(item(tap))).toMatchObject({
      type: 'unsupported',
      psid: undefined,
      keys: ['postback'],
      raw: tap,
    });
  });

  it.each([
    ['a policy', { policy_enforcement: { action: 'block' } }],
    ['a text', { sender: { id: psid }, message: { mid: 'm_1', text: 'chào' } }],
  ])('has no conversation either when its entry names no Page: %s', (_what, content) => {
    const delivery = { object: 'page', entry: [{ time: timestamp, messaging: [content] }] };
    const event = single(delivery);
    expect(event).toMatchObject({ type: 'unsupported', pageId: '0', raw: content });
    expect(event.psid).toBeUndefined();
  });
});

it('numbers stand for ids as well as strings do, and seconds in a string for a time', () => {
  const numeric = `{"object":"page","entry":[{"id":104729384756123,"time":1763900000000,"messaging":[{
    "sender":{"id":90071992547409931},"recipient":{"id":104729384756123},"timestamp":"1763900000",
    "optin":{"type":"notification_messages","token_expiry_timestamp":"1795436000"}}]}]}`;
  expect(single(numeric)).toMatchObject({
    type: 'optin',
    pageId,
    psid: '90071992547409931',
    timestamp,
    tokenExpiresAt: 1_795_436_000_000,
  });
});

it('a lead that was not completed, without answers, is a referral all the same', () => {
  const lead = { referral: { source: 'ADS', type: 'LEAD_INCOMPLETE' }, lead: { data: [{}, 1] } };
  expect(single(item(lead))).toMatchObject({
    type: 'referral',
    referral: { type: 'LEAD_INCOMPLETE' },
    lead: { answers: [{}] },
  });
});

it('a conversation on standby is another event than in our own hands', () => {
  const content = { message: { mid: 'm_1', text: 'chào' } };
  expect(single(item(content, 'standby'))).toMatchObject({
    type: 'text',
    channel: 'standby',
    id: 'standby.message.m_1',
  });
});

it('feedback and forms are read as far as they make sense', () => {
  const feedback = {
    feedback_screens: [{ questions: { a: { type: 'nps' }, b: 7 } }, { screen_id: 's' }, 1],
  };
  expect(single(item({ messaging_feedback: feedback }))).toHaveProperty('screens', [
    { answers: [{ id: 'a', type: 'nps' }, { id: 'b' }] },
    { screenId: 's', answers: [] },
  ]);
  const screens = [{ responses: [{ key: 'zip', value: 70000 }, {}, null] }];
  expect(single(item({ messaging_customer_information: { screens } }))).toHaveProperty('screens', [
    { responses: [{ key: 'zip', value: '70000' }, {}] },
  ]);
});
