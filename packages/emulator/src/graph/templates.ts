import { z } from 'zod';
import { buttons, defaultAction, gridAction, gridButtons, tapPayload } from './buttons.ts';
import { exactlyOne, formed, httpUrl, id, text } from './parameters.ts';
import { receipt } from './receipt.ts';

/**
 * A template as it was sent, in Meta's JSON; its other parameters are there too.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/send-messages/templates
 */
export type TemplatePayload =
  | {
      readonly template_type: 'media';
      readonly elements: readonly {
        readonly media_type: 'image' | 'video';
        readonly attachment_id?: string | undefined;
      }[];
    }
  | { readonly template_type: 'receipt'; readonly order_number: string }
  | {
      readonly template_type:
        | 'button'
        | 'generic'
        | 'coupon'
        | 'product'
        | 'image_grid'
        | 'customer_feedback'
        | 'customer_information';
    };

const subtitle = text(80);
const privacy = z.strictObject({ url: httpUrl });
const expiryDays = z.int().min(1).max(7).optional();

const button = z.strictObject({ template_type: z.literal('button'), text: text(640), buttons });

const genericElement = z
  .strictObject({
    title: text(80),
    subtitle: subtitle.optional(),
    image_url: httpUrl.optional(),
    default_action: defaultAction.optional(),
    buttons: buttons.optional(),
  })
  .refine((element) => Object.keys(element).length > 1, 'must have more than a title');

const generic = z.strictObject({
  template_type: z.literal('generic'),
  elements: z.array(genericElement).min(1).max(10),
  sharable: z.boolean().optional(),
});

const mediaElement = exactlyOne(
  z.strictObject({
    media_type: z.enum(['image', 'video']),
    attachment_id: id.optional(),
    url: z
      .url({ hostname: /(^|\.)facebook\.com$/, error: 'must be an address at facebook.com' })
      .optional(),
    buttons: buttons.optional(),
  }),
  ['attachment_id', 'url'],
);

const media = z.strictObject({
  template_type: z.literal('media'),
  elements: z.array(mediaElement).length(1),
  sharable: z.boolean().optional(),
});

const coupon = z
  .strictObject({
    template_type: z.literal('coupon'),
    title: text(80),
    subtitle: subtitle.optional(),
    coupon_code: formed(/^\S+$/, 'a code without spaces').optional(),
    coupon_url: httpUrl.optional(),
    coupon_url_button_title: text(20).optional(),
    coupon_pre_message: text().optional(),
    image_url: httpUrl.optional(),
    payload: tapPayload.optional(),
  })
  .refine(
    ({ coupon_code, coupon_url }) => (coupon_code ?? coupon_url) !== undefined,
    'must have at least one of {coupon_code, coupon_url}',
  );

const product = z.strictObject({
  template_type: z.literal('product'),
  elements: z.array(z.strictObject({ id })).min(1).max(10),
});

const gridElement = z.strictObject({
  images: z
    .array(
      z.strictObject({
        url: httpUrl,
        is_hero_image: z.boolean().optional(),
        action: gridAction.optional(),
      }),
    )
    .min(2)
    .max(6)
    .refine(
      (images) => images.filter(({ is_hero_image }) => is_hero_image === true).length <= 1,
      'must have at most one hero image',
    ),
  title: text(45).optional(),
  subtitle: subtitle.optional(),
  buttons: gridButtons.optional(),
});

const imageGrid = z.strictObject({
  template_type: z.literal('image_grid'),
  elements: z.array(gridElement).length(1),
});

const question = z.strictObject({
  id: formed(/^\w{1,80}$/, 'at most 80 of A-Z, a-z, 0-9 and _'),
  type: z.enum(['csat', 'nps', 'ces']),
  title: text().optional(),
  score_label: text().optional(),
  score_option: text().optional(),
  follow_up: z
    .strictObject({ type: z.literal('free_form'), placeholder: text().optional() })
    .optional(),
});

const customerFeedback = z.strictObject({
  template_type: z.literal('customer_feedback'),
  title: text(65),
  subtitle,
  button_title: text(20),
  feedback_screens: z.array(z.strictObject({ questions: z.array(question).length(1) })).length(1),
  business_privacy: privacy,
  expires_in_days: expiryDays,
});

const customerInformation = z.strictObject({
  template_type: z.literal('customer_information'),
  countries: z.array(formed(/^[A-Z]{2}$/, 'a country of two capital letters')).min(1),
  business_privacy: privacy,
  expires_in_days: expiryDays,
});

/** Every template that is alive; list, open graph and airline ones are gone. */
export const template: z.ZodType<TemplatePayload> = z.discriminatedUnion('template_type', [
  button,
  generic,
  media,
  receipt,
  coupon,
  product,
  imageGrid,
  customerFeedback,
  customerInformation,
]);
