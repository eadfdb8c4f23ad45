import type { PersonEvent } from './event-base.ts';
import { isObject, present, readField, readObjects, readString, readText } from './fields.ts';
import type { JsonObject } from './fields.ts';
import type { Reader } from './item.ts';

/** What a person answered to one question of a feedback template. */
export interface FeedbackAnswer {
  /** The question, by the id that the template gave it. */
  readonly id: string;
  /** `csat`, `nps`, `ces` or `free_form`. */
  readonly type?: string;
  /** The score, or what the person wrote. */
  readonly payload?: string;
  readonly followUp?: { readonly type?: string; readonly payload?: string };
}

/** A page of a feedback template, as filled in. */
export interface FeedbackScreen {
  readonly screenId?: string;
  readonly answers: readonly FeedbackAnswer[];
}

/**
 * A person filled in a feedback template.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/send-messages/templates/customer-feedback-template
 */
export interface FeedbackEvent extends PersonEvent {
  readonly type: 'feedback';
  readonly screens: readonly FeedbackScreen[];
}

/**
 * A person judged a message of the bot by its thumbs.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/response_feedback
 */
export interface ResponseFeedbackEvent extends PersonEvent {
  readonly type: 'response-feedback';
  /** The message that was judged. */
  readonly mid: string;
  /** `Good response`, `Bad response`, or one to come. */
  readonly feedback: string;
}

export const readFeedback: Reader<FeedbackEvent> = (body, { origin, naming }) => ({
  ...origin,
  type: 'feedback',
  id: naming.byContent('feedback'),
  screens: readObjects(body, 'feedback_screens').map(toScreen),
});

export const readResponseFeedback: Reader<ResponseFeedbackEvent> = (body, { origin, naming }) => {
  const mid = readString(body, 'mid');
  const feedback = readString(body, 'feedback');
  return mid === undefined || feedback === undefined
    ? undefined
    : {
        ...origin,
        type: 'response-feedback',
        // A thumb up may become a thumb down.
        id: naming.byContent('response-feedback'),
        mid,
        feedback,
      };
};

function toScreen(screen: JsonObject): FeedbackScreen {
  const questions = readField(screen, 'questions');
  return {
    ...present({ screenId: readText(screen, 'screen_id') }),
    answers: Object.entries(isObject(questions) ? questions : {}).map(toAnswer),
  };
}

function toAnswer([id, answer]: [string, unknown]): FeedbackAnswer {
  const followUp = readField(answer, 'follow_up');
  return {
    id,
    ...said(answer),
    ...(isObject(followUp) && { followUp: said(followUp) }),
  };
}

function said(answer: unknown): { type?: string; payload?: string } {
  return present({ type: readString(answer, 'type'), payload: readText(answer, 'payload') });
}
