import type { PersonEvent } from './event-base.ts';
import {
  isObject,
  present,
  readField,
  readId,
  readObjects,
  readString,
  readText,
} from './fields.ts';
import type { Reader } from './item.ts';

/** The ad that a person came from. */
export interface AdsContext {
  readonly adTitle?: string;
  readonly photoUrl?: string;
  readonly videoUrl?: string;
  readonly postId?: string;
  readonly productId?: string;
  readonly flowId?: string;
}

/** How a person came to the conversation: an m.me link or an ad. */
export interface Referral {
  /** What the link or the ad carries. */
  readonly ref?: string;
  /** `SHORTLINK`, `ADS`, or one to come. */
  readonly source?: string;
  /** `OPEN_THREAD`; of a lead ad `LEAD_COMPLETE` or `LEAD_INCOMPLETE`. */
  readonly type?: string;
  readonly adId?: string;
  readonly adsContext?: AdsContext;
}

/** What a person answered to the questions of a lead ad. */
export interface Lead {
  readonly answers: readonly { readonly question?: string; readonly answer?: string }[];
}

/**
 * A person came back to the conversation over a link or an ad.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messaging_referrals
 */
export interface ReferralEvent extends PersonEvent {
  readonly type: 'referral';
  readonly referral: Referral;
  readonly lead?: Lead;
}

export const readReferralEvent: Reader<ReferralEvent> = (referral, { origin, naming, json }) => {
  const lead = readField(json, 'lead');
  const toAnswer = (data: unknown): Lead['answers'][number] =>
    present({ question: readString(data, 'question'), answer: readString(data, 'answer') });
  return {
    ...origin,
    type: 'referral',
    id: naming.byContent('referral'),
    referral: toReferral(referral) ?? {},
    ...(isObject(lead) && { lead: { answers: readObjects(lead, 'data').map(toAnswer) } }),
  };
};

/** A `referral`, which is the same in a message, a postback and by itself. */
export function toReferral(referral: unknown): Referral | undefined {
  if (!isObject(referral)) {
    return undefined;
  }
  return present({
    ref: readString(referral, 'ref'),
    source: readString(referral, 'source'),
    type: readString(referral, 'type'),
    adId: readId(referral, 'ad_id'),
    adsContext: toAdsContext(readField(referral, 'ads_context_data')),
  });
}

function toAdsContext(context: unknown): AdsContext | undefined {
  if (!isObject(context)) {
    return undefined;
  }
  return present({
    adTitle: readString(context, 'ad_title'),
    photoUrl: readString(context, 'photo_url'),
    videoUrl: readString(context, 'video_url'),
    postId: readText(context, 'post_id'),
    productId: readText(context, 'product_id'),
    flowId: readText(context, 'flow_id'),
  });
}
