import { z } from 'zod';

import { buttonTemplate } from './button-template.ts';
import type { ButtonTemplate } from './button-template.ts';
import { couponTemplate } from './coupon-template.ts';
import type { CouponTemplate } from './coupon-template.ts';
import { customerInformationTemplate } from './customer-information-template.ts';
import type { CustomerInformationTemplate } from './customer-information-template.ts';
import { customerFeedbackTemplate } from './feedback-template.ts';
import type { CustomerFeedbackTemplate } from './feedback-template.ts';
import { genericTemplate } from './generic-template.ts';
import type { GenericTemplate } from './generic-template.ts';
import { imageGridTemplate } from './image-grid-template.ts';
import type { ImageGridTemplate } from './image-grid-template.ts';
import { mediaTemplate } from './media-template.ts';
import type { MediaTemplate } from './media-template.ts';
import { productTemplate } from './product-template.ts';
import type { ProductTemplate } from './product-template.ts';
import { receiptTemplate } from './receipt-template.ts';
import type { ReceiptTemplate } from './receipt-template.ts';

/**
 * A structured message. The list, open graph and airline templates are gone from Messenger.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/send-messages/templates
 */
export type Template =
  | ButtonTemplate
  | GenericTemplate
  | MediaTemplate
  | ReceiptTemplate
  | CouponTemplate
  | ProductTemplate
  | ImageGridTemplate
  | CustomerFeedbackTemplate
  | CustomerInformationTemplate;

const schemas: Readonly<Record<Template['type'], z.ZodType<Template>>> = {
  button: buttonTemplate,
  generic: genericTemplate,
  media: mediaTemplate,
  receipt: receiptTemplate,
  coupon: couponTemplate,
  product: productTemplate,
  image_grid: imageGridTemplate,
  customer_feedback: customerFeedbackTemplate,
  customer_information: customerInformationTemplate,
};

/** The schema of a kind, found by its name so that a mistake is reported as one of that kind. */
export function templateSchema(type: unknown): z.ZodType<Template> {
  const known = typeof type === 'string' && Object.hasOwn(schemas, type);
  return known
    ? schemas[type as Template['type']]
    : z.never({ error: `must have a type: ${Object.keys(schemas).join(', ')}` });
}

/** As Graph nests it. */
export function toGraphTemplate({ type, ...rest }: Template): object {
  return { type: 'template', payload: { templateType: type, ...rest } };
}
