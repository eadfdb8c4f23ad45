/** A program of another team: it has the published package and nothing else. Sends every kind. */
import { openAsBlob } from 'node:fs';
import { createGraphClient, classify } from '@bot/graph-client';
import { toGraphMessage } from '@bot/graph-client/builders';
import { parseDelivery } from '@bot/graph-client/webhook';
import { createFakeTransport } from '@bot/graph-client/testing';

const [settings] = process.argv.slice(2).map((text) => JSON.parse(text));
const { baseUrl, accessToken, appSecret, pageId, psid, picture } = settings;
const graph = createGraphClient({ baseUrl, accessToken, appSecret, pageId });
const to = psid;
const url = 'https://quan-tra.example/sen.png';
const buttons = [
  { type: 'web_url', title: 'Xem trang', url, webviewHeightRatio: 'tall' },
  { type: 'postback', title: 'Mua', payload: 'BUY' },
  { type: 'phone_number', title: 'Gọi', payload: '+84901234567' },
];

const file = { data: await openAsBlob(picture), name: 'trà sen.png', contentType: 'image/png' };
const { attachmentId } = await graph.attachments.upload({ type: 'image', file });
const byAddress = await graph.attachments.upload({ type: 'video', url });

await graph.utilityTemplates.create({
  name: 'don_hang_da_gui',
  language: 'vi',
  components: [{ type: 'BODY', text: 'Đơn hàng {{1}} đã được gửi.' }],
});
const lan = await graph.personas.create({ name: 'Chị Lan', profilePictureUrl: url });

const messages = {
  text: { text: 'ữ'.repeat(2000) },
  quickReplies: {
    text: 'Chọn nhé',
    quickReplies: [
      ...Array.from({ length: 11 }, (_, index) => ({
        title: `Món ${index}`,
        payload: `M${index}`,
      })),
      { type: 'user_phone_number' },
      { type: 'user_email' },
    ],
  },
  image: { attachment: { type: 'image', attachmentId } },
  audio: { attachment: { type: 'audio', url, isReusable: true } },
  video: { attachment: { type: 'video', attachmentId: byAddress.attachmentId } },
  file: { attachment: { type: 'file', url } },
  images: { images: [{ url }, { attachmentId }] },
  sticker: { stickerId: '369239263222822' },
  button: { template: { type: 'button', text: 'x'.repeat(640), buttons } },
  accounts: {
    template: {
      type: 'button',
      text: 'Tài khoản',
      buttons: [
        { type: 'account_link', url },
        { type: 'account_unlink' },
        { type: 'game_play', title: 'Chơi', payload: 'G' },
      ],
    },
  },
  generic: {
    template: {
      type: 'generic',
      sharable: true,
      elements: Array.from({ length: 10 }, () => ({
        title: 'T'.repeat(80),
        subtitle: 'S'.repeat(80),
        imageUrl: url,
        defaultAction: { type: 'web_url', url, messengerExtensions: true, fallbackUrl: url },
        buttons,
      })),
    },
  },
  media: { template: { type: 'media', elements: [{ mediaType: 'image', attachmentId, buttons }] } },
  mediaByAddress: {
    template: {
      type: 'media',
      elements: [{ mediaType: 'video', url: 'https://www.facebook.com/page/videos/42' }],
    },
  },
  receipt: {
    template: {
      type: 'receipt',
      recipientName: 'Thu Hà',
      merchantName: 'Tiệm Trà Nhỏ',
      orderNumber: 'HĐ-0001',
      currency: 'VND',
      paymentMethod: 'Visa 1234',
      orderUrl: url,
      timestamp: '1795000000',
      address: {
        street1: '1 Lê Lợi',
        street2: 'Tầng 2',
        city: 'Huế',
        postalCode: '530000',
        state: 'TT',
        country: 'VN',
      },
      summary: { subtotal: 70_000, shippingCost: 15_000, totalTax: 0, totalCost: 85_000 },
      adjustments: [{ name: 'Giảm giá', amount: 5_000 }],
      elements: Array.from({ length: 100 }, () => ({
        title: 'Trà sen',
        subtitle: 'Ấm lớn',
        quantity: 2,
        price: 35_000,
        currency: 'VND',
        imageUrl: url,
      })),
    },
  },
  coupon: {
    template: {
      type: 'coupon',
      title: 'Giảm 10%',
      subtitle: 'Đến hết tháng',
      couponCode: 'TRA10',
      couponUrl: url,
      couponUrlButtonTitle: 'Đến cửa hàng',
      couponPreMessage: 'Quà cho bạn',
      imageUrl: url,
      payload: 'COUPON',
    },
  },
  product: { template: { type: 'product', elements: [{ id: '4242424242' }] } },
  imageGrid: {
    template: {
      type: 'image_grid',
      elements: [
        {
          images: [
            { url, isHeroImage: true, action: { type: 'web_url', url } },
            { url, action: { type: 'postback', payload: 'SEN', text: 'Trà sen' } },
          ],
          title: 'Thực đơn',
          subtitle: 'Hôm nay',
          buttons: buttons.slice(0, 2),
        },
      ],
    },
  },
  customerFeedback: {
    template: {
      type: 'customer_feedback',
      title: 'Bạn thấy sao?',
      subtitle: 'Một câu thôi',
      buttonTitle: 'Đánh giá',
      feedbackScreens: [
        {
          questions: [
            {
              id: 'hai_long',
              type: 'csat',
              title: 'Mức hài lòng',
              scoreLabel: 'neg_pos',
              scoreOption: 'five_stars',
              followUp: { type: 'free_form', placeholder: 'Kể thêm nhé' },
            },
          ],
        },
      ],
      businessPrivacy: { url },
      expiresInDays: 7,
    },
  },
  customerInformation: {
    template: {
      type: 'customer_information',
      countries: ['VN'],
      businessPrivacy: { url },
      expiresInDays: 1,
    },
  },
  utility: {
    utility: {
      name: 'don_hang_da_gui',
      language: 'vi',
      components: [
        { type: 'header', parameters: [{ type: 'text', text: 'HĐ-1', parameterName: 'don' }] },
        { type: 'body', parameters: [{ type: 'text', text: 'HĐ-1' }] },
        {
          type: 'buttons',
          parameters: [
            { type: 'POSTBACK', payload: 'XEM' },
            { type: 'URL', url: 'HĐ-1' },
          ],
        },
      ],
    },
  },
};

const sent = {};
for (const [kind, message] of Object.entries(messages)) {
  sent[kind] = (await graph.messages.send({ to, message, metadata: `step-${kind}` })).messageId;
}
const text = { text: 'Chào bạn' };
const variants = {
  update: { messagingType: 'UPDATE' },
  humanAgent: { messagingType: 'HUMAN_AGENT' },
  reply: { replyTo: sent.text },
  persona: { personaId: lan.id },
  silent: { notificationType: 'SILENT_PUSH' },
  pass: { threadControl: { controlType: 'pass', appId: '263902037430900' } },
  release: { threadControl: { controlType: 'release' } },
  comment: { to: { commentId: '12_34' } },
  post: { to: { postId: '12_35' } },
  userRef: { to: { userRef: 'checkbox-1' } },
};
for (const [kind, options] of Object.entries(variants)) {
  sent[kind] = (await graph.messages.send({ to, message: text, ...options })).messageId;
  if (kind === 'pass') await graph.threads.take(psid);
}
const feedback = { to, message: messages.customerFeedback, messagingType: 'CUSTOMER_FEEDBACK' };
sent.feedbackTag = (await graph.messages.send(feedback)).messageId;
sent.long = (await graph.messages.sendText({ to, text: 'chữ '.repeat(1_500) })).messageIds.length;
for (const action of ['mark_seen', 'typing_on', 'typing_off']) {
  await graph.messages.senderAction({ to, action });
}
await graph.messages.react({ to, messageId: sent.text, reaction: 'love' });
await graph.messages.unreact({ to, messageId: sent.text });

const refused = await graph.messages.sendText({ to: '9999999999', text: 'x' }).catch(classify);
await graph.close();
console.log(
  JSON.stringify({
    sent,
    refused,
    others: [typeof toGraphMessage, typeof parseDelivery, typeof createFakeTransport],
  }),
);
