import { fromPerson } from './deliveries.ts';
import type { Delivery, Occasion } from './deliveries.ts';

/**
 * A person tapped a button; another app's button comes without its payload.
 *
 * @example
 * postbackDelivery({ ...who, mid: 'm_1', title: 'Bắt đầu', payload: 'GET_STARTED' });
 */
export function postbackDelivery(
  what: Occasion & { mid: string; title: string; payload?: string | undefined },
): Delivery {
  const { mid, title, payload } = what;
  return fromPerson(what, { postback: { mid, title, payload } });
}

/**
 * A person came back to the conversation over an m.me link, or an ad when there is an `adId`.
 *
 * @example
 * referralDelivery({ ...who, ref: 'tet-sale' });
 */
export function referralDelivery(
  what: Occasion & { ref: string; adId?: string | undefined },
): Delivery {
  const { ref, adId } = what;
  const source = adId === undefined ? 'SHORTLINK' : 'ADS';
  return fromPerson(what, { referral: { ref, source, type: 'OPEN_THREAD', ad_id: adId } });
}

/**
 * A person came to the end of a lead ad's questions. Meta writes its time in seconds.
 *
 * @example
 * leadDelivery({ ...who, adId: '1', answers: [{ question: 'Cỡ?', answer: 'M' }] });
 */
export function leadDelivery(
  what: Occasion & { adId: string; answers: readonly { question: string; answer: string }[] },
): Delivery {
  const { adId, answers, timestamp } = what;
  return fromPerson(what, {
    timestamp: Math.floor(timestamp / 1000),
    referral: { source: 'ADS', type: 'LEAD_COMPLETE', ad_id: adId },
    lead: { data: answers },
  });
}

/**
 * A person agreed to get notifications.
 *
 * @example
 * optinDelivery({ ...who, title: 'Tin mới', payload: 'NEWS', token: 't', expiresAt: 1795000000000 });
 */
export function optinDelivery(
  what: Occasion & { title: string; payload: string; token: string; expiresAt: number },
): Delivery {
  const { title, payload, token, expiresAt } = what;
  return fromPerson(what, {
    optin: {
      type: 'notification_messages',
      title,
      payload,
      notification_messages_token: token,
      token_expiry_timestamp: expiresAt,
      user_token_status: 'NOT_REFRESHED',
    },
  });
}

/**
 * A person linked their account at the business, or without a code unlinked it.
 *
 * @example
 * accountLinkingDelivery({ ...who, authorizationCode: 'AUTH_1' });
 */
export function accountLinkingDelivery(
  what: Occasion & { authorizationCode?: string | undefined },
): Delivery {
  const { authorizationCode: code } = what;
  const status = code === undefined ? 'unlinked' : 'linked';
  return fromPerson(what, { account_linking: { status, authorization_code: code } });
}

/**
 * A person sent their cart.
 *
 * @example
 * orderDelivery({ ...who, products: [], note: 'Giao buổi sáng' });
 */
export function orderDelivery(
  what: Occasion & {
    products: readonly {
      id: number;
      retailerId: string;
      name: string;
      unitPrice: number;
      currency: string;
      quantity: number;
    }[];
    note: string;
  },
): Delivery {
  const { products, note } = what;
  const written = products.map(({ retailerId, unitPrice, ...product }) =>
    Object.assign(product, { retailer_id: retailerId, unit_price: unitPrice }),
  );
  return fromPerson(what, { order: { products: written, note } });
}

/**
 * A person uncovered the code of a coupon.
 *
 * @example
 * couponDelivery({ ...who, payload: 'TET', couponCode: 'TET10' });
 */
export function couponDelivery(what: Occasion & { payload: string; couponCode: string }): Delivery {
  const { payload, couponCode } = what;
  return fromPerson(what, { template: { type: 'coupon', payload, coupon_code: couponCode } });
}

/**
 * A person answered one question of a feedback template, and explained the score.
 *
 * @example
 * feedbackDelivery({ ...who, question: 'visit', score: 5, comment: 'Rất tốt' });
 */
export function feedbackDelivery(
  what: Occasion & { question: string; score: number; comment: string },
): Delivery {
  const { question, score, comment } = what;
  const followUp = { type: 'free_form', payload: comment };
  const answer = { type: 'csat', payload: `${score}`, follow_up: followUp };
  return fromPerson(what, {
    messaging_feedback: { feedback_screens: [{ screen_id: 0, questions: { [question]: answer } }] },
  });
}

/**
 * A person judged the message `mid` by its thumbs.
 *
 * @example
 * responseFeedbackDelivery({ ...who, mid: 'm_2', feedback: 'Good response' });
 */
export function responseFeedbackDelivery(
  what: Occasion & { mid: string; feedback: 'Good response' | 'Bad response' },
): Delivery {
  const { mid, feedback } = what;
  return fromPerson(what, { response_feedback: { mid, feedback } });
}

/**
 * A person filled in a customer information template.
 *
 * @example
 * customerInformationDelivery({ ...who, screenId: 'address', responses: [] });
 */
export function customerInformationDelivery(
  what: Occasion & { screenId: string; responses: readonly { key: string; value: string }[] },
): Delivery {
  const { screenId, responses } = what;
  return fromPerson(what, {
    messaging_customer_information: { screens: [{ screen_id: screenId, responses }] },
  });
}

/**
 * A person sent in an instant form.
 *
 * @example
 * leadFormDelivery({ ...who, formId: '502983212101234' });
 */
export function leadFormDelivery(what: Occasion & { formId: string }): Delivery {
  return fromPerson(what, { form: { id: what.formId } });
}
