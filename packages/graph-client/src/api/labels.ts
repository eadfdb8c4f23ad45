import { z } from 'zod';

import type { MakeCall } from '../graph-call.ts';
import { check } from '../check.ts';
import { id, text } from '../limits.ts';
import { answeredId, maybe, read } from './answers.ts';
import type { CallOptions } from './call-options.ts';
import { paged } from './paging.ts';

/** A label of the Page's own for people. */
export interface Label {
  readonly id: string;
  readonly name?: string | undefined;
}

/** Custom labels. @see https://developers.facebook.com/docs/messenger-platform/identity/custom-labels */
export interface Labels {
  /**
   * Makes one.
   *
   * @throws GraphApiError 2/2018344 until the Page's Contact Terms are accepted. Else as
   *   {@link Messages.send}.
   */
  create(name: string, options?: CallOptions): Promise<{ readonly id: string }>;
  /** All of the Page's, fetched as they are asked for. */
  list(options?: CallOptions): AsyncIterable<Label>;
  /** Those of a person, fetched as they are asked for. */
  of(psid: string, options?: CallOptions): AsyncIterable<Label>;
  /** Deletes it, for everybody who has it. */
  delete(labelId: string, options?: CallOptions): Promise<void>;
  /** Gives a person the label. */
  assign(labelId: string, psid: string, options?: CallOptions): Promise<void>;
  /** Takes the label from a person. */
  unassign(labelId: string, psid: string, options?: CallOptions): Promise<void>;
}

const label: z.ZodType<Label> = z
  .object({ id: answeredId, pageLabelName: maybe(z.string()) })
  .transform(({ id: labelId, pageLabelName }) => ({ id: labelId, name: pageLabelName }));

const created = z.object({ id: answeredId });
const nameOf = text(100);
const query = { fields: 'id,page_label_name' };

export function createLabels(makeCall: MakeCall, pageId: string): Labels {
  const path = `${pageId}/custom_labels`;
  const member = (labelId: string, psid: string): { path: string; body: { user: string } } => ({
    path: `${check('label.id', id, labelId)}/label`,
    body: { user: check('label.psid', id, psid) },
  });
  return {
    create: async (name, { signal } = {}) => {
      const body = { page_label_name: check('label.name', nameOf, name) };
      const answer = await makeCall({ method: 'POST', path, body, signal });
      return read(created, answer, `POST ${path}`);
    },
    list: ({ signal } = {}) => paged(makeCall, { method: 'GET', path, query, signal }, label),
    of: (psid, { signal } = {}) => {
      const theirs = `${check('label.psid', id, psid)}/custom_labels`;
      return paged(makeCall, { method: 'GET', path: theirs, query, signal }, label);
    },
    delete: async (labelId, { signal } = {}) => {
      await makeCall({ method: 'DELETE', path: check('label.id', id, labelId), signal });
    },
    assign: async (labelId, psid, { signal } = {}) => {
      await makeCall({ method: 'POST', ...member(labelId, psid), signal });
    },
    unassign: async (labelId, psid, { signal } = {}) => {
      await makeCall({ method: 'DELETE', ...member(labelId, psid), signal });
    },
  };
}
