import { z } from 'zod';

import { judge } from './error-codes.ts';
import { GraphApiError, TransportError, codeName } from './errors.ts';
import type { Redact } from './redaction.ts';
import type { TransportResponse } from './transport.ts';

/** Graph's error body. @see https://developers.facebook.com/docs/graph-api/guides/error-handling */
const errorBody = z.object({
  error: z.object({
    code: z.int(),
    message: z.string().default(''),
    error_subcode: z.int().optional().catch(undefined),
    type: z.string().optional().catch(undefined),
    fbtrace_id: z.string().optional().catch(undefined),
  }),
});

/** What is needed to name the call in an error without giving anything away. */
export interface AnswerContext {
  /** Method and path, without the query. */
  call: string;
  redact: Redact;
  /** What a person wrote, found in the call's body; looked for only when there is an error. */
  texts: () => readonly string[];
}

/**
 * The JSON of a good answer.
 *
 * @throws GraphApiError when Graph says no, whatever the status.
 * @throws TransportError of kind `bad-response` for everything that Graph does not write.
 */
export function readAnswer(response: TransportResponse, context: AnswerContext): unknown {
  let value: unknown;
  try {
    value = JSON.parse(response.text);
  } catch {
    throw badResponse(context.call, response.status, 'is not JSON');
  }
  if (typeof value === 'object' && value !== null && 'error' in value) {
    throw refusal(value, response.status, context);
  }
  if (response.status < 200 || response.status > 299) {
    throw badResponse(context.call, response.status, 'holds no error of Graph');
  }
  return value;
}

/** An answer that Graph would not give. The call may still have been carried out. */
export function badResponse(call: string, status: number, problem: string): TransportError {
  return new TransportError(
    'bad-response',
    `${call} got an answer that ${problem} (HTTP ${status}). It may have been carried out: ` +
      'see what stands between here and Graph.',
    { effect: 'unknown', code: `HTTP ${status}` },
  );
}

function refusal(value: object, status: number, context: AnswerContext): Error {
  const parsed = errorBody.safeParse(value);
  if (!parsed.success) {
    return badResponse(context.call, status, 'holds an error of an unknown form');
  }
  const { code, error_subcode: subcode, type, fbtrace_id: traceId, message } = parsed.data.error;
  const { retry, effect, advice } = judge(code, subcode);
  const graphMessage = context.redact(message, context.texts());
  const trace = traceId === undefined ? '' : `, trace ${traceId}`;
  return new GraphApiError(
    `Graph refused ${context.call}: ${graphMessage} ` +
      `(code ${codeName(code, subcode)}${trace}, HTTP ${status}). ${advice}`,
    { code, subcode, type, traceId, httpStatus: status, graphMessage },
    { retry, effect },
  );
}
