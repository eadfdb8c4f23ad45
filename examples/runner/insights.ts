import { addInsights } from '@bot/insights';
import type { KeptHistory } from '@bot/history';
import { systemClock } from '@bot/queue';
import { fastify } from 'fastify';

/** How figures on what is said are shown. */
export interface InsightsSettings {
  /** 0 takes any that is free. */
  readonly port: number;
  /** Of the user `bot`. */
  readonly password: string;
}

/** Serves `/insights` to this machine, on a port of its own: that of the webhook is the world's. */
export async function startInsights(
  { reports }: Pick<KeptHistory, 'reports'>,
  { port, password }: InsightsSettings,
): Promise<{ close(): Promise<void> }> {
  const app = fastify({ forceCloseConnections: true });
  await addInsights(app, { password, reports, clock: systemClock });
  const address = await app.listen({ port, host: '127.0.0.1' });
  console.log(`Insights: ${address}/insights   (user bot, password ${password})`);
  return { close: () => app.close() };
}
