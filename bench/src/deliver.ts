import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createEmulator } from '@bot/emulator';
import type { Figure } from './result.ts';

const people = 5_000;
const rounds = 4;
const deliveries = people * rounds;

/**
 * What a signed delivery costs the local Messenger, as the load generator that it is: one event
 * each, to a webhook of another process that answers at once. The CPU time of this process alone.
 */
export async function benchDeliver(): Promise<Figure[]> {
  const webhook = fork(fileURLToPath(new URL('quiet-webhook.ts', import.meta.url)));
  const [port] = (await once(webhook, 'message')) as [number];
  try {
    await deliverAll(port, 1);
    const before = process.cpuUsage();
    await deliverAll(port, rounds);
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1_000_000;
    process.stdout.write(
      `${deliveries} signed deliveries: ${((seconds / deliveries) * 1_000).toFixed(3)} CPU-seconds per 1,000, ${Math.round(deliveries / seconds)} a second on one core\n`,
    );
    return [
      {
        what: 'deliveries of the local Messenger',
        unit: 'a second',
        values: [deliveries / seconds],
      },
    ];
  } finally {
    webhook.disconnect();
  }
}

/** Resolves when everybody's messages were taken. */
async function deliverAll(port: number, times: number): Promise<void> {
  const emulator = await createEmulator({
    webhookUrl: `http://127.0.0.1:${port}/webhook`,
    appSecret: 'bench-secret',
    verifyToken: 'bench-verify',
    pages: [{ id: '100000000000001', accessToken: 'bench-token' }],
    history: 10,
  });
  try {
    for (let round = 0; round < times; round += 1) {
      for (let person = 0; person < people; person += 1) {
        emulator.say(`6000000000${String(person).padStart(5, '0')}`, `xin chào ${round}`);
      }
    }
    await emulator.idle();
  } finally {
    await emulator.close();
  }
}
