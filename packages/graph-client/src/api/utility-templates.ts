import { z } from 'zod';

import { templateLanguage, templateName } from '../content/utility-message.ts';
import { toGraphJson } from '../graph-json.ts';
import type { MakeCall } from '../graph-call.ts';
import { check } from '../check.ts';
import { httpUrl, text } from '../limits.ts';
import { answeredId, maybe, readRenamed } from './answers.ts';
import type { CallOptions } from './call-options.ts';
import { paged } from './paging.ts';

/** A part of a template; `{{1}}` or `{{name}}` are its places. */
export type UtilityTemplatePart =
  | { readonly type: 'HEADER'; readonly format: 'TEXT'; readonly text: string }
  | { readonly type: 'HEADER'; readonly format: 'IMAGE'; readonly example?: unknown }
  | { readonly type: 'BODY'; readonly text: string; readonly example?: unknown }
  | {
      readonly type: 'BUTTONS';
      readonly buttons: readonly (
        | {
            readonly type: 'POSTBACK';
            readonly text: string;
            readonly payload?: string | undefined;
          }
        | { readonly type: 'URL'; readonly text: string; readonly url: string }
      )[];
    };

/** A template to have approved. */
export interface NewUtilityTemplate {
  /** Small letters, digits and `_`. */
  readonly name: string;
  /** Such as `vi` or `en_US`. */
  readonly language: string;
  /** Exactly one `BODY` among them. */
  readonly components: readonly UtilityTemplatePart[];
  /** Default `POSITIONAL`. */
  readonly parameterFormat?: 'POSITIONAL' | 'NAMED' | undefined;
}

/** A template that the Page has. */
export interface UtilityTemplate {
  readonly id: string;
  readonly name?: string | undefined;
  readonly language?: string | undefined;
  /** `APPROVED`, `PENDING`, `REJECTED` … */
  readonly status?: string | undefined;
  readonly rejectedReason?: string | undefined;
  readonly components?: readonly unknown[] | undefined;
}

/**
 * Templates of utility messages, which Meta approves within seconds.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/utility-messages
 */
export interface UtilityTemplates {
  /**
   * Asks Meta to approve one.
   *
   * @example
   * await graph.utilityTemplates.create({
   *   name: 'don_hang_da_gui',
   *   language: 'vi',
   *   components: [{ type: 'BODY', text: 'Đơn hàng {{1}} đã được gửi.' }],
   * });
   *
   * @throws RequestError, GraphApiError, TransportError or ParkedError, as in {@link Messages.send}.
   */
  create(
    template: NewUtilityTemplate,
    options?: CallOptions,
  ): Promise<{ readonly id: string; readonly status?: string | undefined }>;
  /** The Page's templates, fetched as they are asked for. */
  list(
    options?: CallOptions & { readonly name?: string | undefined },
  ): AsyncIterable<UtilityTemplate>;
  /** Meta's own templates to start from. */
  library(
    options?: CallOptions & {
      readonly search?: string | undefined;
      readonly language?: string | undefined;
    },
  ): AsyncIterable<UtilityTemplate>;
  /** Deletes all languages of a template. */
  delete(name: string, options?: CallOptions): Promise<void>;
}

const example = z.unknown().optional();

const part: z.ZodType<UtilityTemplatePart> = z.union([
  z.strictObject({ type: z.literal('HEADER'), format: z.literal('TEXT'), text: text(60) }),
  z.strictObject({ type: z.literal('HEADER'), format: z.literal('IMAGE'), example }),
  z.strictObject({ type: z.literal('BODY'), text: text(1024), example }),
  z.strictObject({
    type: z.literal('BUTTONS'),
    buttons: z
      .array(
        z.union([
          z.strictObject({
            type: z.literal('POSTBACK'),
            text: text(25),
            payload: text(1000).optional(),
          }),
          z.strictObject({ type: z.literal('URL'), text: text(25), url: httpUrl }),
        ]),
      )
      .min(1)
      .max(3),
  }),
]);

const newTemplate: z.ZodType<NewUtilityTemplate> = z.strictObject({
  name: templateName,
  language: templateLanguage,
  components: z
    .array(part)
    .refine((parts) => parts.filter(({ type }) => type === 'BODY').length === 1, {
      message: 'must have exactly one BODY',
    }),
  parameterFormat: z.enum(['POSITIONAL', 'NAMED']).optional(),
});

const word = maybe(z.string());

const template: z.ZodType<UtilityTemplate> = z.object({
  id: answeredId,
  name: word,
  language: word,
  status: word,
  rejectedReason: word,
  components: maybe(z.array(z.unknown())),
});

export function createUtilityTemplates(makeCall: MakeCall, pageId: string): UtilityTemplates {
  const path = `${pageId}/message_templates`;
  return {
    create: async (given, { signal } = {}) => {
      const checked = check('template', newTemplate, given);
      const body = { category: 'UTILITY', ...(toGraphJson(checked) as object) };
      const answer = await makeCall({ method: 'POST', path, body, signal });
      const { id, status } = readRenamed(template, answer, `POST ${path}`);
      return { id, status };
    },
    list: ({ name, signal } = {}) => {
      const query = {
        name: name === undefined ? undefined : check('template.name', templateName, name),
      };
      return paged(makeCall, { method: 'GET', path, query, signal }, template);
    },
    library: ({ search, language: wanted, signal } = {}) => {
      const query = { search, language: wanted };
      const library = 'message_template_library';
      return paged(makeCall, { method: 'GET', path: library, query, signal }, template);
    },
    delete: async (name, { signal } = {}) => {
      const query = { name: check('template.name', templateName, name) };
      await makeCall({ method: 'DELETE', path, query, signal });
    },
  };
}
