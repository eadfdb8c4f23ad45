import type { Clock } from './clock.ts';
import type { Grant } from './lanes.ts';
import type { Lease } from './lease.ts';

/** The leases a worker holds, renewed together well before they end. */
export interface Leases {
  add(lease: Lease, grant: Grant): void;
  delete(lease: Lease): void;
  /** Stops all turns. */
  stop(reason: unknown): void;
  /** Renews all of them until the signal aborts. */
  keep(signal: AbortSignal): Promise<void>;
}

export function createLeases(options: {
  readonly renew: (grant: Grant) => Promise<boolean>;
  readonly leaseMs: number;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}): Leases {
  const { renew, leaseMs, clock, onError } = options;
  const held = new Map<Lease, Grant>();

  async function renewOne(lease: Lease, grant: Grant): Promise<void> {
    const askedAt = clock.monotonic();
    try {
      if (await renew(grant)) lease.renewed(askedAt);
      else if (held.has(lease)) lease.lose();
    } catch (error) {
      onError(error);
    }
  }

  return {
    add: (lease, grant) => void held.set(lease, grant),
    delete: (lease) => void held.delete(lease),
    stop(reason) {
      for (const lease of held.keys()) lease.stop(reason);
    },
    async keep(signal) {
      while (!signal.aborted) {
        await clock.wait(leaseMs / 4, signal);
        // Not awaited: while Redis is away renewals wait, and leases must still end in time.
        for (const [lease, grant] of held) {
          lease.expire();
          if (!lease.isLost) void renewOne(lease, grant);
        }
      }
    },
  };
}
