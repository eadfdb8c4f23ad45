import { z } from 'zod';

import { httpUrl, text } from '../limits.ts';

/** What is asked: satisfaction, recommendation or effort. */
export interface FeedbackQuestion {
  /** Names the answer in the `feedback` event: up to 80 letters, digits and `_`. */
  readonly id: string;
  readonly type: 'csat' | 'nps' | 'ces';
  readonly title?: string | undefined;
  readonly scoreLabel?: 'neg_pos' | undefined;
  readonly scoreOption?: 'five_stars' | 'five_emojis' | undefined;
  /** Asks for a sentence, too. */
  readonly followUp?:
    | { readonly type: 'free_form'; readonly placeholder?: string | undefined }
    | undefined;
}

/**
 * Asks what the person thinks of the service, on one screen with one question.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/send-messages/template/customer-feedback-template
 */
export interface CustomerFeedbackTemplate {
  readonly type: 'customer_feedback';
  /** At most 65 characters. */
  readonly title: string;
  /** At most 80 characters. */
  readonly subtitle: string;
  /** At most 20 characters. */
  readonly buttonTitle: string;
  readonly feedbackScreens: readonly [{ readonly questions: readonly [FeedbackQuestion] }];
  readonly businessPrivacy: { readonly url: string };
  /** 1 to 7. */
  readonly expiresInDays?: number | undefined;
}

const question: z.ZodType<FeedbackQuestion> = z.strictObject({
  id: z.string().regex(/^\w{1,80}$/, 'must be 1 to 80 letters, digits and _'),
  type: z.enum(['csat', 'nps', 'ces']),
  title: text(80).optional(),
  scoreLabel: z.literal('neg_pos').optional(),
  scoreOption: z.enum(['five_stars', 'five_emojis']).optional(),
  followUp: z
    .strictObject({ type: z.literal('free_form'), placeholder: text(80).optional() })
    .optional(),
});

export const customerFeedbackTemplate: z.ZodType<CustomerFeedbackTemplate> = z.strictObject({
  type: z.literal('customer_feedback'),
  title: text(65),
  subtitle: text(80),
  buttonTitle: text(20),
  feedbackScreens: z.tuple([z.strictObject({ questions: z.tuple([question]) })]),
  businessPrivacy: z.strictObject({ url: httpUrl }),
  expiresInDays: z.int().min(1).max(7).optional(),
});
