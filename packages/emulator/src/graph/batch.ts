import { type Fields, formFields, valueOf } from './bodies.ts';
import { badParameter, type GraphRefusal } from './errors.ts';
import type { GraphAnswer } from './graph.ts';
import type { GraphRequest } from './request.ts';

const MOST = 50;

/** One answer in a batch's answer; null for one that was not heard. */
type Part = { readonly code: number; readonly body: string; readonly headers?: unknown } | null;

/**
 * Does the calls of a batch one after another, each as if it had come alone.
 *
 * @throws GraphRefusal for what is no batch, or more than 50 calls.
 * @see https://developers.facebook.com/docs/graph-api/batch-requests
 */
export async function runBatch(
  { body, query, authorization }: GraphRequest,
  handle: (request: GraphRequest) => Promise<GraphAnswer>,
): Promise<readonly Part[]> {
  const given = body['batch'] ?? query['batch'];
  const batch = typeof given === 'string' ? valueOf(given) : given;
  if (!Array.isArray(batch) || batch.length === 0) throw noBatch();
  if (batch.length > MOST) {
    const message = `Too many requests in batch message. Maximum batch size is ${MOST}`;
    throw badParameter(message);
  }
  const { include_headers: wanted } = body;
  const withHeaders = wanted !== false && wanted !== 'false';
  const shared = credentialsIn({ ...query, ...body });
  const parts: Part[] = [];
  const requests = batch.map((each: unknown) => requestOf(each, shared, authorization));
  for (const request of requests) {
    const answer = await handle(request);
    if (answer.kind === 'reset') {
      parts.push(null);
      continue;
    }
    const headers = Object.entries(answer.headers).map(([name, value]) => ({ name, value }));
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    parts.push({ code: answer.status, body: text, ...(withHeaders && { headers }) });
  }
  return parts;
}

/** What a batch says for all of its calls. */
function credentialsIn({ access_token, appsecret_proof, appsecret_time }: Fields): Fields {
  return { access_token, appsecret_proof, appsecret_time };
}

/** Credentials of the batch are those of each call that has none of its own. */
function requestOf(each: unknown, shared: Fields, authorization: string | undefined): GraphRequest {
  if (typeof each !== 'object' || each === null) throw noBatch();
  const { method = 'GET', relative_url: address, body = '' } = each as Fields;
  if (typeof method !== 'string' || typeof address !== 'string' || typeof body !== 'string') {
    throw noBatch();
  }
  const [path = '', asked = ''] = address.split('?', 2);
  const query = formFields(new URLSearchParams(asked));
  const request = {
    method: method.toUpperCase(),
    path,
    query,
    body: formFields(new URLSearchParams(body)),
  };
  const hasOwn = (query['access_token'] ?? request.body['access_token']) !== undefined;
  return hasOwn
    ? { ...request, authorization: undefined }
    : { ...request, query: { ...shared, ...query }, authorization };
}

function noBatch(): GraphRefusal {
  return badParameter('Param batch must be an array of {method, relative_url, body}');
}
