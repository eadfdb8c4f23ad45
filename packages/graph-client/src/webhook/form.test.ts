import { describe, expect, it } from 'vitest';

import * as deliveries from '../testing/index.ts';
import type { Delivery } from '../testing/index.ts';
import { base, hashed, single, who } from './delivery.test-setup.ts';

const shirt = {
  retailerId: 'ao-xanh-m',
  name: 'Áo xanh',
  unitPrice: 259_000,
  currency: 'VND',
  quantity: 2,
};

describe('what a person taps and fills in', () => {
  it.each<[string, Delivery, object]>([
    [
      'a postback',
      deliveries.postbackDelivery({ ...who, mid: 'm_5', title: 'Bắt đầu', payload: 'GET_STARTED' }),
      {
        type: 'postback',
        id: 'postback.m_5',
        mid: 'm_5',
        title: 'Bắt đầu',
        payload: 'GET_STARTED',
      },
    ],
    [
      "another app's postback",
      deliveries.postbackDelivery({ ...who, mid: 'm_5', title: 'Mua' }),
      { type: 'postback', id: 'postback.m_5', mid: 'm_5', title: 'Mua', payload: undefined },
    ],
    [
      'an m.me link',
      deliveries.referralDelivery({ ...who, ref: 'tet-sale' }),
      {
        type: 'referral',
        id: hashed('referral'),
        referral: { ref: 'tet-sale', source: 'SHORTLINK', type: 'OPEN_THREAD' },
      },
    ],
    [
      'a lead ad, whose time is in seconds',
      deliveries.leadDelivery({
        ...who,
        adId: '6045246247433',
        answers: [{ question: 'Cỡ?', answer: 'M' }],
      }),
      {
        type: 'referral',
        id: hashed('referral'),
        referral: { source: 'ADS', type: 'LEAD_COMPLETE', adId: '6045246247433' },
        lead: { answers: [{ question: 'Cỡ?', answer: 'M' }] },
      },
    ],
    [
      'an opt-in',
      deliveries.optinDelivery({
        ...who,
        title: 'Tin mới',
        payload: 'NEWS',
        token: 't-1',
        expiresAt: 1_795_436_000_000,
      }),
      {
        type: 'optin',
        id: hashed('optin'),
        optinType: 'notification_messages',
        title: 'Tin mới',
        payload: 'NEWS',
        notificationToken: 't-1',
        tokenExpiresAt: 1_795_436_000_000,
        tokenStatus: 'NOT_REFRESHED',
      },
    ],
    [
      'a linked account',
      deliveries.accountLinkingDelivery({ ...who, authorizationCode: 'AUTH_1' }),
      {
        type: 'account-linking',
        id: hashed('account-linking'),
        status: 'linked',
        authorizationCode: 'AUTH_1',
      },
    ],
    [
      'an unlinked account',
      deliveries.accountLinkingDelivery(who),
      { type: 'account-linking', id: hashed('account-linking'), status: 'unlinked' },
    ],
    [
      'a cart',
      deliveries.orderDelivery({ ...who, products: [{ ...shirt, id: 4521 }], note: 'Giao sáng' }),
      {
        type: 'order',
        id: hashed('order'),
        products: [{ ...shirt, id: '4521' }],
        note: 'Giao sáng',
      },
    ],
    [
      'a coupon',
      deliveries.couponDelivery({ ...who, payload: 'TET', couponCode: 'TET10' }),
      { type: 'coupon', id: hashed('coupon'), payload: 'TET', couponCode: 'TET10' },
    ],
    [
      'a feedback',
      deliveries.feedbackDelivery({
        ...who,
        question: 'visit',
        score: 4,
        comment: 'Giao hơi chậm',
      }),
      {
        type: 'feedback',
        id: hashed('feedback'),
        screens: [
          {
            screenId: '0',
            answers: [
              {
                id: 'visit',
                type: 'csat',
                payload: '4',
                followUp: { type: 'free_form', payload: 'Giao hơi chậm' },
              },
            ],
          },
        ],
      },
    ],
    [
      'a thumb',
      deliveries.responseFeedbackDelivery({ ...who, mid: 'm_6', feedback: 'Bad response' }),
      {
        type: 'response-feedback',
        id: hashed('response-feedback'),
        mid: 'm_6',
        feedback: 'Bad response',
      },
    ],
    [
      'an address',
      deliveries.customerInformationDelivery({
        ...who,
        screenId: 'address',
        responses: [{ key: 'city', value: 'Huế' }],
      }),
      {
        type: 'customer-information',
        id: hashed('customer-information'),
        screens: [{ screenId: 'address', responses: [{ key: 'city', value: 'Huế' }] }],
      },
    ],
    [
      'an instant form',
      deliveries.leadFormDelivery({ ...who, formId: '502983212101234' }),
      { type: 'lead-form', id: hashed('lead-form'), formId: '502983212101234' },
    ],
  ])('%s becomes one event', (_what, delivery, expected) => {
    expect(single(delivery)).toEqual({ ...base, ...expected });
  });
});
