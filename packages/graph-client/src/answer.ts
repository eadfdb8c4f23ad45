import { z } from 'zod';

import { judge } from './error-table.ts';
import { GraphApiError, TransportError, codeName } from './errors.ts';
import type { GraphError } from './errors.ts';
import type { GraphAnswer } from './pipeline/middleware.ts';
import type { Redact } from './redaction.ts';
import { shownOutcome } from './transport-failure.ts';
import type { TransportResponse } from './transport.ts';
import { readUsage } from './pipeline/usage.ts';

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
  /** Whose usage the headers tell of. */
  pageId: string;
  redact: Redact;
  /** The call needs a right that other calls do not. */
  ownRight: boolean;
  /** What a person wrote, found in the call's body; looked for only when there is an error. */
  texts: () => readonly string[];
}

/**
 * The JSON of a good answer, and what its headers say of the Page's allowance.
 *
 * @throws GraphApiError when Graph says no, whatever the status.
 * @throws TransportError of kind `bad-response` for everything that Graph does not write.
 */
export function readAnswer(response: TransportResponse, context: AnswerContext): GraphAnswer {
  let value: unknown;
  try {
    value = JSON.parse(response.text);
  } catch {
    throw badResponse(context.call, response.status, 'is not JSON');
  }
  if (typeof value === 'object' && value !== null && 'error' in value) {
    throw refusal(value, response, context);
  }
  if (response.status < 200 || response.status > 299) {
    throw badResponse(context.call, response.status, 'holds no error of Graph');
  }
  return { value, usage: readUsage(response.headers, context.pageId) };
}

/** An answer that Graph would not give. Unless it says "too many", the call may be carried out. */
export function badResponse(call: string, status: number, problem: string): TransportError {
  const outcome = status === TOO_MANY ? 'not-executed' : 'unknown';
  return new TransportError(
    'bad-response',
    `${call} got an answer that ${problem} (HTTP ${status}). ` +
      `${shownOutcome[outcome]}: see what stands between here and Graph.`,
    { outcome, code: `HTTP ${status}` },
  );
}

const TOO_MANY = 429;

/** Graph's error, as it comes in an answer and in a part of a batch's answer. */
export function refusal(
  value: object,
  { status, headers }: Pick<TransportResponse, 'status' | 'headers'>,
  { call, pageId, redact, ownRight, texts }: AnswerContext,
): GraphError {
  const parsed = errorBody.safeParse(value);
  if (!parsed.success) {
    return badResponse(call, status, 'holds an error of an unknown form');
  }
  const { code, error_subcode: subcode, type, fbtrace_id: traceId, message } = parsed.data.error;
  const { advice, ...judged } = judge(code, subcode, message);
  const isOwn = ownRight && judged.kind === 'permission';
  const verdict = isOwn ? ({ ...judged, scope: 'message' } as const) : judged;
  const usage = readUsage(headers, pageId);
  const wait = verdict.kind === 'throttled' ? usage?.regainAccessMs : undefined;
  const graphMessage = redact(message, texts());
  const trace = traceId === undefined ? '' : `, trace ${traceId}`;
  return new GraphApiError(
    `Graph refused ${call}: ${graphMessage} ` +
      `(code ${codeName(code, subcode)}${trace}, HTTP ${status}). ${advice}`,
    { code, subcode, type, traceId, httpStatus: status, graphMessage, usage },
    { ...verdict, retryAfterMs: wait || verdict.retryAfterMs },
  );
}
