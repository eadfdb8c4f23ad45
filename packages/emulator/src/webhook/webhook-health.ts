import type { Alert } from '../state/state.ts';

/** What Meta does about a webhook that fails (Messenger Platform, Webhooks page, 2026-09-11). */
export interface WebhookHealth {
  /** After an attempt for these Pages; each alert is told once until the webhook answers again. */
  note(pageIds: readonly string[], succeeded: boolean, now: number): void;
}

const ALERT_MS = 15 * 60_000;
const DISABLE_MS = 60 * 60_000;

interface HealthOptions {
  /** How many times faster than Meta's clock. */
  readonly speed: number;
  readonly onAlert: (alert: Alert) => void;
}

export function createWebhookHealth({ speed, onAlert }: HealthOptions): WebhookHealth {
  const failing = new Map<string, { readonly since: number; readonly told: Set<Alert['kind']> }>();

  return {
    note(pageIds, succeeded, now) {
      for (const pageId of pageIds) {
        if (succeeded) {
          failing.delete(pageId);
          continue;
        }
        const { since, told } = failing.get(pageId) ?? { since: now, told: new Set() };
        failing.set(pageId, { since, told });
        for (const [kind, afterMs] of [
          ['failing', ALERT_MS],
          ['disabled', DISABLE_MS],
        ] as const) {
          if ((now - since) * speed < afterMs || told.has(kind)) continue;
          told.add(kind);
          onAlert({ kind, pageId, at: now });
        }
        if (told.has('disabled')) failing.delete(pageId);
      }
    },
  };
}
