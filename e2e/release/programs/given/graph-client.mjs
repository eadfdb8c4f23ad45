/** What the examples of @bot/graph-client take for granted. */
import { writeFileSync } from 'node:fs';
import { createEmulator } from '@bot/emulator';
import { classify, createGraphClient, defaultPipeline } from '@bot/graph-client';
import { deliveryBody, signDelivery, textDelivery } from '@bot/graph-client/testing';
import { redirect } from '../addresses.mjs';

const pageId = '100000000000001';
const psid = '6174920385517204';
const [pageAccessToken, appSecret, verifyToken] = ['page-token', 'app-secret', 'verify-token'];
const texts = new Set();
const replies = [];

export async function prepare() {
  const emulator = await createEmulator({
    webhookUrl: 'http://127.0.0.1:9/webhook',
    appSecret,
    verifyToken,
    pages: [{ id: pageId, accessToken: pageAccessToken }],
    people: [{ psid, name: 'Nguyễn Thu Hà', wroteAt: Date.now() }],
    redeliveryDelaysMs: [],
  });
  redirect('graph.facebook.com:443', new URL(emulator.url).port);
  const graph = createGraphClient({
    accessToken: pageAccessToken,
    appSecret,
    pageId,
    baseUrl: emulator.url,
  });
  writeFileSync('thuc-don.pdf', 'Thực đơn');
  const { messageId: mid } = await graph.messages.sendText({ to: psid, text: 'Chào bạn' });
  const { id: labelId } = await graph.labels.create('khách quen');
  const timestamp = Date.now();
  const body = deliveryBody(textDelivery({ pageId, psid, mid, text: 'xin chào', timestamp }));
  Object.assign(globalThis, {
    createGraphClient,
    defaultPipeline,
    classify,
    PAGE_INBOX_APP_ID: '263902037430900',
    graph,
    pageAccessToken,
    appSecret,
    verifyToken,
    pageId,
    psid,
    mid,
    labelId,
    timestamp,
    text: 'xin chào',
    stepId: 'm_1/reply',
    body,
    first: 'https://quan-tra.example/sen.png',
    second: 'https://quan-tra.example/nhai.png',
    query: {
      'hub.mode': 'subscribe',
      'hub.verify_token': verifyToken,
      'hub.challenge': '1158201444',
    },
    headers: { 'x-hub-signature-256': signDelivery(body, appSecret) },
    reply: (...answer) => void replies.push(answer),
    waitForEcho: async () => {},
    tryAgainIn: async () => {},
    histogram: { record() {} },
  });
  return async () => {
    for (const { text } of emulator.state.conversations[psid].messages) texts.add(text);
    await graph.close();
    await emulator.close();
  };
}

/** The first example has greeted, at the address that it names; the handshake was answered. */
export async function verify() {
  if (!texts.has('Xin chào!')) throw new Error(`Nobody was greeted: ${[...texts].join(', ')}`);
  if (String(replies) !== '200,1158201444') throw new Error(`Answered ${String(replies)}`);
}
