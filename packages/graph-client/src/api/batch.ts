import { z } from 'zod';

import { readAnswer } from '../answer.ts';
import type { AnswerContext } from '../answer.ts';
import type { Caller } from '../call.ts';
import { GraphError, RequestError, TransportError } from '../errors.ts';
import { checkCall, queryString } from '../graph-call.ts';
import type { GraphCall } from '../graph-call.ts';
import { toJson } from '../graph-json.ts';
import { read } from './answers.ts';
import type { CallOptions } from './call-options.ts';

/** Most calls in one batch. */
export const MAX_BATCH_SIZE = 50;

/** A call of a batch; the batch has one deadline and one signal. */
export type BatchCall = Pick<GraphCall, 'method' | 'path' | 'query' | 'body'>;

/** What became of one call of a batch. */
export type BatchResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: GraphError };

/** Makes up to 50 calls in one request. */
export type Batch = (
  calls: readonly BatchCall[],
  options?: CallOptions,
) => Promise<readonly BatchResult[]>;

const answers = z.array(z.unknown());
const answerOfOne = z.object({ code: z.int(), body: z.string() });

export function createBatch({ call, contextOf }: Caller): Batch {
  return async (calls, { signal } = {}) => {
    if (calls.length < 1 || calls.length > MAX_BATCH_SIZE) {
      throw new RequestError(
        'batch',
        `must have 1 to ${MAX_BATCH_SIZE} calls, and has ${calls.length}.`,
      );
    }
    const batch = calls.map((each, index) => toGraphBatchCall(each, index));
    const given = await call({
      method: 'POST',
      path: '',
      body: { batch, include_headers: false },
      rateClass: 'send',
      weight: calls.length,
      signal,
    });
    const parts = read(answers, given, 'POST a batch');
    return calls.map((each, index) => resultOf(parts[index], contextOf(each)));
  };
}

function resultOf(part: unknown, context: AnswerContext): BatchResult {
  try {
    // `null`: Graph ran out of time before it came to an end with this one.
    if (part === undefined || part === null) {
      const message = `${context.call} has no result in the batch. It may have been carried out.`;
      throw new TransportError('timeout', message, { outcome: 'unknown' });
    }
    const { code: status, body: text } = read(answerOfOne, part, context.call);
    return { ok: true, value: readAnswer({ status, text, headers: {} }, context).value };
  } catch (error) {
    if (error instanceof GraphError) {
      return { ok: false, error };
    }
    throw error;
  }
}

function toGraphBatchCall(call: BatchCall, index: number): object {
  try {
    checkCall(call);
    const { method, path, query, body } = call;
    return {
      method,
      relative_url: `${path}${queryString(query, undefined)}`,
      ...(body !== undefined && { body: toForm(body) }),
    };
  } catch (error) {
    throw error instanceof RequestError ? inBatch(error, index) : error;
  }
}

/** The same mistake, by its place in the batch. */
function inBatch({ field, message, cause }: RequestError, index: number): RequestError {
  const place = field.replace('call', `batch[${index}]`);
  return new RequestError(place, message.slice(field.length + 1), cause);
}

/** A body inside a batch is a form, its values that are no strings as JSON. */
function toForm(body: Readonly<Record<string, unknown>>): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(body)) {
    if (value !== undefined) {
      form.set(name, typeof value === 'string' ? value : toJson(value));
    }
  }
  return form.toString();
}
