import { createHmac } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { systemClock } from '../clock.ts';
import { createEmulator } from '../running-emulator.ts';
import type { Emulator } from '../emulator.ts';
import type { EmulatorOptions } from '../options.ts';
import { defaultPeople } from '../people.ts';
import {
  createWebhookDouble,
  type WebhookDouble,
  type WebhookDoubleOptions,
} from './webhook-double.ts';

export const secrets = {
  appSecret: 'app-secret',
  verifyToken: 'verify-token',
  accessToken: 'page-token',
} as const;
export const pageId = '100000000000001';
export const thuHa = '6174920385517204';
export const minhQuan = '7028841196350412';

/** An emulator and a webhook for it, both closed when the test ends. */
export async function createScene(
  options: Partial<EmulatorOptions> = {},
  answer?: WebhookDoubleOptions['answer'],
): Promise<{ emulator: Emulator; webhook: WebhookDouble }> {
  const webhook = await createWebhookDouble({ ...secrets, ...(answer && { answer }) });
  const wroteAt = (options.clock ?? systemClock).now();
  const emulator = await createEmulator({
    webhookUrl: webhook.url,
    appSecret: secrets.appSecret,
    verifyToken: secrets.verifyToken,
    pages: [{ id: pageId, accessToken: secrets.accessToken }],
    requireProof: true,
    // The window is open: a test that wants it closed says so.
    people: defaultPeople.map((person) => Object.assign({ wroteAt }, person)),
    ...options,
  });
  onTestFinished(async () => {
    await emulator.close();
    await webhook.close();
  });
  return { emulator, webhook };
}

export const proof: string = createHmac('sha256', secrets.appSecret)
  .update(secrets.accessToken)
  .digest('hex');

/** What a Graph call was answered. */
export interface GraphAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** An address of the Page, with the proof. */
export function graphPath(edge: string): string {
  return `/v26.0/${pageId}/${edge}?appsecret_proof=${proof}`;
}

/** A Graph call with everything right, except what is said otherwise. */
export async function callGraph(
  emulator: Emulator,
  body: unknown,
  how: {
    readonly method?: 'POST' | 'DELETE';
    readonly path?: string;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<GraphAnswer> {
  const { method = 'POST', path = graphPath('messages'), headers = {} } = how;
  const isForm = body instanceof FormData;
  const answer = await fetch(emulator.url + path, {
    method,
    headers: {
      ...(isForm ? {} : { 'content-type': 'application/json' }),
      authorization: `Bearer ${secrets.accessToken}`,
      ...headers,
    },
    body: typeof body === 'string' || isForm ? body : JSON.stringify(body),
  });
  return {
    status: answer.status,
    headers: answer.headers,
    body: (await answer.json()) as Record<string, unknown>,
  };
}

/** A message of the Page to Thu Hà; `more` is what goes beside it. */
export function sendMessage(
  emulator: Emulator,
  message: object,
  more: object = { messaging_type: 'RESPONSE' },
): Promise<GraphAnswer> {
  return callGraph(emulator, { recipient: { id: thuHa }, message, ...more });
}
