import type { GraphClient, MessageContent } from '@bot/graph-client';
import { pixel, silence } from './files.ts';

/** What was uploaded before, and where files lie: nothing is asked of another host. */
interface Files {
  readonly picture: string;
  readonly sound: string;
  readonly pictureUrl: string;
  readonly soundUrl: string;
}

async function uploadFiles({ attachments }: GraphClient, origin: string): Promise<Files> {
  const png = { data: pixel, name: 'trà sen.png', contentType: 'image/png' };
  const wav = { data: silence, name: 'lời nhắn.wav', contentType: 'audio/wav' };
  const picture = await attachments.upload({ type: 'image', file: png });
  const sound = await attachments.upload({ type: 'audio', file: wav });
  return {
    picture: picture.attachmentId,
    sound: sound.attachmentId,
    pictureUrl: `${origin}/picture.svg`,
    soundUrl: `${origin}/files/${sound.attachmentId}`,
  };
}

const shop = 'https://quan-tra.example';
const buttons = [
  { type: 'web_url', title: 'Xem trang', url: `${shop}/sen` },
  { type: 'postback', title: 'Mua', payload: 'BUY' },
  { type: 'phone_number', title: 'Gọi', payload: '+84901234567' },
] as const;

/** One message of each kind that a Page can send. */
function everyKind({
  picture,
  sound,
  pictureUrl,
  soundUrl,
}: Files): Readonly<Record<string, MessageContent>> {
  return {
    text: { text: 'Xem https://quan-tra.example/sen nhé' },
    imageByUrl: { attachment: { type: 'image', url: pictureUrl } },
    imageById: { attachment: { type: 'image', attachmentId: picture } },
    images: { images: [{ url: pictureUrl }, { attachmentId: picture }] },
    audioByUrl: { attachment: { type: 'audio', url: soundUrl } },
    audioById: { attachment: { type: 'audio', attachmentId: sound } },
    video: { attachment: { type: 'video', url: soundUrl } },
    file: { attachment: { type: 'file', url: `${shop}/b%E1%BA%A3ng%20gi%C3%A1.pdf` } },
    sticker: { stickerId: '369239263222822' },
    button: { template: { type: 'button', text: 'Bạn muốn gì?', buttons } },
    generic: {
      template: {
        type: 'generic',
        elements: ['Trà sen', 'Trà nhài', 'Trà ô long', 'Trà gừng'].map((title) => ({
          title,
          subtitle: '35.000 đ',
          imageUrl: pictureUrl,
          defaultAction: { type: 'web_url', url: `${shop}/sen` },
          buttons: [{ type: 'postback', title: `Mua ${title}`, payload: title }],
        })),
      },
    },
    media: {
      template: {
        type: 'media',
        elements: [{ mediaType: 'image', attachmentId: picture, buttons }],
      },
    },
    receipt: {
      template: {
        type: 'receipt',
        recipientName: 'Nguyễn Thu Hà',
        merchantName: 'Tiệm Trà Nhỏ',
        orderNumber: 'TT-0001',
        currency: 'VND',
        paymentMethod: 'Tiền mặt',
        orderUrl: `${shop}/don/1`,
        timestamp: '1795000000',
        address: {
          street1: '1 Lê Lợi',
          city: 'Huế',
          postalCode: '530000',
          state: 'TT',
          country: 'VN',
        },
        summary: { subtotal: 70_000, shippingCost: 15_000, totalCost: 80_000 },
        adjustments: [{ name: 'Giảm giá', amount: 5_000 }],
        elements: [{ title: 'Trà sen', quantity: 2, price: 35_000, imageUrl: pictureUrl }],
      },
    },
    coupon: {
      template: {
        type: 'coupon',
        title: 'Giảm 10%',
        subtitle: 'Đến hết tháng',
        couponCode: 'TRA10',
        couponUrl: `${shop}/qua`,
        couponUrlButtonTitle: 'Đến cửa hàng',
        couponPreMessage: 'Quà cho bạn',
        imageUrl: pictureUrl,
      },
    },
    product: { template: { type: 'product', elements: [{ id: '4242424242' }] } },
    imageGrid: {
      template: {
        type: 'image_grid',
        elements: [
          {
            images: [
              {
                url: pictureUrl,
                isHeroImage: true,
                action: { type: 'web_url', url: `${shop}/sen` },
              },
              { url: pictureUrl, action: { type: 'postback', payload: 'SEN', text: 'Trà sen' } },
            ],
            title: 'Thực đơn',
            subtitle: 'Hôm nay',
            buttons: [{ type: 'postback', title: 'Xem hết', payload: 'ALL' }],
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
                title: 'Trà có ngon không?',
                scoreLabel: 'neg_pos',
                scoreOption: 'five_stars',
                followUp: { type: 'free_form', placeholder: 'Kể thêm nhé' },
              },
            ],
          },
        ],
        businessPrivacy: { url: `${shop}/rieng-tu` },
      },
    },
    customerInformation: {
      template: {
        type: 'customer_information',
        countries: ['VN'],
        businessPrivacy: { url: `${shop}/rieng-tu` },
        expiresInDays: 1,
      },
    },
    utility: {
      utility: {
        name: 'don_hang_da_gui',
        language: 'vi',
        components: [{ type: 'body', parameters: [{ type: 'text', text: 'TT-0001' }] }],
      },
    },
    quickReplies: {
      text: 'Bạn chọn nhé?',
      quickReplies: [
        { title: 'Trà sen', payload: 'SEN', imageUrl: pictureUrl },
        { title: 'Trà nhài', payload: 'NHAI' },
        { type: 'user_phone_number' },
      ],
    },
  };
}

/** Sends all of them to somebody, in order; answers the id of each, by its kind. */
export async function sendEveryKind(
  graph: GraphClient,
  origin: string,
  to: string,
): Promise<ReadonlyMap<string, string>> {
  await graph.utilityTemplates.create({
    name: 'don_hang_da_gui',
    language: 'vi',
    components: [{ type: 'BODY', text: 'Đơn hàng {{1}} đã được gửi.' }],
  });
  const sent = new Map<string, string>();
  for (const [kind, message] of Object.entries(everyKind(await uploadFiles(graph, origin)))) {
    sent.set(kind, (await graph.messages.send({ to, message })).messageId);
  }
  return sent;
}
