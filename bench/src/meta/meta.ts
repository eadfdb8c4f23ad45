import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Load, Outcome } from './load.ts';

/** Meta, in a process of its own so that its CPU time is not counted with anybody else's. */
export interface Meta {
  readonly graphUrl: string;
  readonly pid: number;
  /** Sends a load to a webhook; ends when each message has its reply. */
  send(
    to: { readonly webhookUrl: string; readonly appSecret: string },
    load: Load,
  ): Promise<Outcome>;
  close(): void;
}

export async function startMeta(): Promise<Meta> {
  const child = fork(fileURLToPath(new URL('process.ts', import.meta.url)));
  const [graphUrl] = (await once(child, 'message')) as [string];
  return {
    graphUrl,
    pid: child.pid ?? 0,
    async send({ webhookUrl, appSecret }, load) {
      child.send({ webhookUrl, appSecret, load });
      const [outcome] = (await once(child, 'message')) as [Outcome];
      return outcome;
    },
    close: () => child.disconnect(),
  };
}

/** @throws Error when a delivery was refused or a reply came twice: then costs say nothing. */
export function requireFlawless(outcome: Outcome): Outcome {
  const { refused, repeated } = outcome;
  if (refused + repeated > 0) {
    throw new Error(`${refused} deliveries were refused, ${repeated} replies came twice.`);
  }
  return outcome;
}
