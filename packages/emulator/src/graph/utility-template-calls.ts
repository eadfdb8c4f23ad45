import { z } from 'zod';
import { objectId, type Random } from '../random.ts';
import type { WebhookEvent } from '../webhook/events.ts';
import { tapPayload } from './buttons.ts';
import { badParameter } from './errors.ts';
import { listOf } from './lists.ts';
import { formed, httpUrl, parseParameters, text } from './parameters.ts';
import { type Resource, SUCCESS } from './resource.ts';

/** A type, not an interface: it is listed as plain fields. */
type UtilityTemplate = {
  readonly id: string;
  readonly pageId: string;
  readonly name: string;
  readonly language: string;
  readonly status: 'APPROVED';
  readonly category: 'UTILITY';
  readonly components: readonly unknown[];
};

/** Templates of utility messages. */
export interface UtilityTemplateCalls extends Resource {
  has(pageId: string, name: string, language: string): boolean;
}

const example = z.unknown().optional();
const button = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('POSTBACK'),
    text: text(25),
    payload: tapPayload.optional(),
  }),
  z.strictObject({ type: z.literal('URL'), text: text(25), url: httpUrl }),
]);
const component = z.union([
  z.strictObject({ type: z.literal('HEADER'), format: z.literal('TEXT'), text: text(60), example }),
  z.strictObject({ type: z.literal('HEADER'), format: z.literal('IMAGE'), example }),
  z.strictObject({ type: z.literal('BODY'), text: text(1024), example }),
  z.strictObject({ type: z.literal('BUTTONS'), buttons: z.array(button).min(1).max(3) }),
]);

const creating = z.strictObject({
  name: formed(/^[a-z0-9_]{1,512}$/, 'of small letters, digits and _'),
  language: text(),
  category: z.literal('UTILITY'),
  parameter_format: z.enum(['POSITIONAL', 'NAMED']).optional(),
  components: z
    .array(component)
    .refine(
      (parts) => parts.filter(({ type }) => type === 'BODY').length === 1,
      'must have exactly one BODY',
    ),
});

const USUAL = ['name', 'language', 'status', 'category', 'components'];

/** What Meta offers to start from; a few of its kind. */
const library = [
  {
    id: '1',
    name: 'order_shipped',
    language: 'vi',
    category: 'UTILITY',
    components: [{ type: 'BODY', text: 'Đơn hàng {{1}} của bạn đã được gửi.' }],
  },
  {
    id: '2',
    name: 'order_shipped',
    language: 'en',
    category: 'UTILITY',
    components: [{ type: 'BODY', text: 'Your order {{1}} has been shipped.' }],
  },
];

/**
 * Approves at once what Meta approves "within seconds", and tells the webhook.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/utility-messages
 */
export function createUtilityTemplateCalls(
  random: Random,
  tell: (event: WebhookEvent) => void,
): UtilityTemplateCalls {
  const templates = new Map<string, UtilityTemplate>();
  const ofPage = (pageId: string): UtilityTemplate[] =>
    [...templates.values()].filter((template) => template.pageId === pageId);

  return {
    has: (pageId, name, language) =>
      ofPage(pageId).some((each) => each.name === name && each.language === language),
    calls: {
      'POST page/message_templates': ({ pageId, parameters }) => {
        const { name, language, components } = parseParameters(creating, parameters);
        if (ofPage(pageId).some((each) => each.name === name && each.language === language)) {
          throw badParameter(`There is a template ${name} in ${language}`);
        }
        const id = objectId(random);
        const status = 'APPROVED';
        const category = 'UTILITY';
        templates.set(id, { id, pageId, name, language, components, status, category });
        const value = {
          event: status,
          message_template_id: Number(id),
          message_template_name: name,
          message_template_language: language,
          reason: 'NONE',
        };
        const field = 'message_template_status_update';
        tell({ pageId, field, mids: [], value, isChange: true });
        return { id, status, category };
      },
      'GET page/message_templates': (asked) => {
        const { name } = asked.parameters;
        const found = ofPage(asked.pageId).filter(
          (each) => name === undefined || each.name === name,
        );
        return listOf(found, asked, USUAL);
      },
      'DELETE page/message_templates': ({ pageId, parameters }) => {
        const found = ofPage(pageId).filter((each) => each.name === parameters['name']);
        if (found.length === 0) throw badParameter('Message template not found');
        for (const { id } of found) templates.delete(id);
        return SUCCESS;
      },
      'GET root/message_template_library': (asked) => {
        const { search, language } = asked.parameters;
        const found = library.filter(
          (each) =>
            (typeof search !== 'string' || each.name.includes(search)) &&
            (language === undefined || each.language === language),
        );
        return listOf(found, asked);
      },
    },
  };
}
