import * as deliveries from '../testing/index.ts';
import type { Delivery } from '../testing/index.ts';
import { item, message, who } from './delivery.test-setup.ts';

const url = 'https://cdn/x.jpg';
const mid = 'm_AG5Hz2Uq7tuwNEhXfYYKj8mJEM';
const ad = {
  ad_id: 6045246247433,
  source: 'ADS',
  ads_context_data: { ad_title: 'Tết', post_id: '1_2' },
};
const cart = {
  id: 4521,
  retailerId: 'ao-m',
  name: 'Áo',
  unitPrice: 259_000,
  currency: 'VND',
  quantity: 2,
};
const answers = [{ question: 'Cỡ nào?', answer: 'M' }];

/** One delivery of every kind, and of the messages that have most in them. */
export const realDeliveries: readonly Delivery[] = [
  deliveries.textDelivery({ ...who, mid, text: 'chào shop', quickReplyPayload: 'HI' }),
  message({
    text: 'giá?',
    reply_to: { mid, is_self_reply: true },
    referral: ad,
    commands: [{ name: 'gia' }],
  }),
  message({ text: 'đẹp', reply_to: { story: { id: '1785', url } } }, 'instagram'),
  message({
    attachments: [
      { type: 'location', title: 'Huế', payload: { coordinates: { lat: 16.4, long: 107.6 } } },
    ],
  }),
  message({ text: url, attachments: [{ type: 'fallback', title: 'A', url, payload: null }] }),
  item({
    message: { mid, text: 'Lead summary' },
    hop_context: { app_id: 413038776280800, metadata: 'complete' },
  }),
  deliveries.attachmentDelivery({ ...who, mid, type: 'image', url }),
  deliveries.stickerDelivery({ ...who, mid, stickerId: 369239263222822, url }),
  deliveries.echoDelivery({ ...who, mid, text: 'Dạ', appId: 1517776481860111, metadata: 's-1' }),
  deliveries.receiptDelivery({ ...who, mids: [mid, 'm_2'] }),
  deliveries.readDelivery(who),
  deliveries.readDelivery({ ...who, object: 'instagram', mid }),
  deliveries.reactionDelivery({ ...who, mid, action: 'react', reaction: 'love', emoji: '❤' }),
  deliveries.editDelivery({ ...who, mid, text: 'hai cái', edits: 1 }),
  deliveries.deletionDelivery({ ...who, mid }),
  deliveries.postbackDelivery({ ...who, mid, title: 'Bắt đầu', payload: 'GET_STARTED' }),
  deliveries.referralDelivery({ ...who, ref: 'tet', adId: '6045246247433' }),
  deliveries.leadDelivery({ ...who, adId: '6045246247433', answers }),
  deliveries.optinDelivery({
    ...who,
    title: 'Tin',
    payload: 'NEWS',
    token: 't',
    expiresAt: 1.8e12,
  }),
  deliveries.accountLinkingDelivery({ ...who, authorizationCode: 'AUTH_1' }),
  deliveries.orderDelivery({ ...who, products: [cart], note: 'sáng' }),
  deliveries.couponDelivery({ ...who, payload: 'TET', couponCode: 'TET10' }),
  deliveries.feedbackDelivery({ ...who, question: 'visit', score: 4, comment: 'chậm' }),
  deliveries.responseFeedbackDelivery({ ...who, mid, feedback: 'Good response' }),
  deliveries.customerInformationDelivery({
    ...who,
    screenId: 's',
    responses: [{ key: 'city', value: 'Huế' }],
  }),
  deliveries.leadFormDelivery({ ...who, formId: '502983212101234' }),
  deliveries.threadControlDelivery({
    ...who,
    action: 'pass',
    previousOwnerAppId: null,
    newOwnerAppId: 1,
  }),
  deliveries.threadControlDelivery({ ...who, action: 'take', previousOwnerAppId: 1 }),
  deliveries.threadControlDelivery({ ...who, action: 'request', requestedOwnerAppId: 1 }),
  deliveries.appRolesDelivery({ ...who, roles: { '1517776481860111': ['primary_receiver'] } }),
  deliveries.policyDelivery({ ...who, action: 'block', reason: 'spam' }),
  deliveries.labelDelivery({ ...who, action: 'add', labelId: '22', labelName: 'Quen' }),
  deliveries.templateStatusDelivery({
    ...who,
    status: 'APPROVED',
    templateId: 1,
    name: 'a',
    language: 'vi',
  }),
];
