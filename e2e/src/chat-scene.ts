import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmulator, type Emulator } from '@bot/emulator';
import { createGraphClient, type GraphClient } from '@bot/graph-client';

/** A local Messenger, a Page that sends what a test tells it, and a webhook that takes all. */
export interface ChatScene {
  readonly emulator: Emulator;
  readonly graph: GraphClient;
  close(): Promise<void>;
}

export const thuHa = '6174920385517204';
export const alice = '24819003751462083';

const pageId = '100000000000001';
const secrets = { appSecret: 'app-secret', verifyToken: 'verify-token' } as const;
const accessToken = 'page-token';

/** Both have written before: the Page may send to them. */
export async function startChatScene(): Promise<ChatScene> {
  const webhook = createServer((request, response) => {
    request.resume().on('end', () => response.end());
  });
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  const { port } = webhook.address() as AddressInfo;
  const wroteAt = Date.now();
  const emulator = await createEmulator({
    ...secrets,
    webhookUrl: `http://127.0.0.1:${port}/webhook`,
    pages: [{ id: pageId, accessToken }],
    people: [
      { psid: thuHa, name: 'Nguyễn Thu Hà', wroteAt },
      { psid: alice, name: 'Alice Johnson', locale: 'en_US', wroteAt },
    ],
  });
  const { appSecret } = secrets;
  const graph = createGraphClient({ baseUrl: emulator.url, accessToken, appSecret, pageId });
  return {
    emulator,
    graph,
    async close() {
      await graph.close();
      await emulator.close();
      webhook.closeAllConnections();
      await new Promise((resolve) => webhook.close(resolve));
    },
  };
}
