import type { TemplatePayload } from '../graph/templates.ts';

export const url = 'https://quan.example/tra-sen.png';
const title = 'Xem thực đơn hôm nay';
const payload = 'x'.repeat(1000);

type ButtonType =
  | 'web_url'
  | 'postback'
  | 'phone_number'
  | 'account_link'
  | 'account_unlink'
  | 'game_play';

/** Each button with everything it can have. */
export const buttons: Readonly<Record<ButtonType, object>> = {
  web_url: {
    type: 'web_url',
    title,
    url,
    webview_height_ratio: 'tall',
    messenger_extensions: true,
    fallback_url: url,
    webview_share_button: 'hide',
  },
  postback: { type: 'postback', title, payload },
  phone_number: { type: 'phone_number', title: 'Gọi quán', payload: '+84901234567' },
  account_link: { type: 'account_link', url },
  account_unlink: { type: 'account_unlink' },
  game_play: { type: 'game_play', title, payload, game_metadata: { context_id: '42' } },
};

const threeButtons = [buttons.web_url, buttons.postback, buttons.phone_number];

export const card: object = {
  title: 'ấ'.repeat(80),
  subtitle: 'ộ'.repeat(80),
  image_url: url,
  default_action: { type: 'web_url', url, webview_height_ratio: 'full' },
  buttons: threeButtons,
};

export const video: object = {
  media_type: 'video',
  url: 'https://www.facebook.com/quan/videos/42/',
  buttons: threeButtons,
};

export const line: object = {
  title: 'Trà sen',
  subtitle: 'Ấm lớn',
  quantity: 1,
  price: 900,
  currency: 'VND',
  image_url: url,
};

export const address: object = {
  street_1: '12 Hàng Bạc',
  street_2: 'Hoàn Kiếm',
  city: 'Hà Nội',
  postal_code: '100000',
  state: 'Hà Nội',
  country: 'VN',
};

export const question: object = {
  id: 'Q_1'.padEnd(80, 'x'),
  type: 'csat',
  title: 'Bạn thấy trà thế nào?',
  score_label: 'neg_pos',
  score_option: 'five_stars',
  follow_up: { type: 'free_form', placeholder: 'Góp ý thêm' },
};

/** Each template with everything it can have, at Meta's limits; a test spoils one thing of it. */
export const templates: Readonly<Record<TemplatePayload['template_type'], object>> = {
  button: { template_type: 'button', text: 'ă'.repeat(640), buttons: threeButtons },
  generic: {
    template_type: 'generic',
    elements: Array.from({ length: 10 }, () => card),
    sharable: true,
  },
  media: {
    template_type: 'media',
    elements: [video],
    sharable: false,
  },
  receipt: {
    template_type: 'receipt',
    recipient_name: 'Nguyễn Thu Hà',
    merchant_name: 'Tiệm Trà Nhỏ',
    order_number: 'HĐ-2026-11',
    currency: 'VND',
    payment_method: 'Tiền mặt',
    order_url: url,
    timestamp: '1764000000',
    address,
    summary: { subtotal: 90_000, shipping_cost: 15_000, total_tax: 0, total_cost: 105_000 },
    adjustments: [{ name: 'Khách quen', amount: 5_000 }],
    elements: Array.from({ length: 100 }, () => line),
  },
  coupon: {
    template_type: 'coupon',
    title: 'ư'.repeat(80),
    subtitle: 'ơ'.repeat(80),
    coupon_code: 'TRASEN10',
    coupon_url: url,
    coupon_url_button_title: title,
    coupon_pre_message: 'Quà cho bạn',
    image_url: url,
    payload,
  },
  product: {
    template_type: 'product',
    elements: Array.from({ length: 10 }, (_, index) => ({ id: `${4_200_000 + index}` })),
  },
  image_grid: {
    template_type: 'image_grid',
    elements: [
      {
        images: [
          { url, is_hero_image: true, action: { type: 'web_url', url } },
          { url, action: { type: 'postback', payload, text: 'Trà sen' } },
          ...Array.from({ length: 4 }, () => ({ url, is_hero_image: false })),
        ],
        title: 'é'.repeat(45),
        subtitle: 'è'.repeat(80),
        buttons: [buttons.web_url, buttons.postback, buttons.postback],
      },
    ],
  },
  customer_feedback: {
    template_type: 'customer_feedback',
    title: 'ê'.repeat(65),
    subtitle: 'ô'.repeat(80),
    button_title: title,
    feedback_screens: [
      {
        questions: [question],
      },
    ],
    business_privacy: { url },
    expires_in_days: 7,
  },
  customer_information: {
    template_type: 'customer_information',
    countries: ['VN'],
    business_privacy: { url },
    expires_in_days: 1,
  },
};

/** A `message` with that template. */
export function templateMessage(template: object): object {
  return { attachment: { type: 'template', payload: template } };
}
