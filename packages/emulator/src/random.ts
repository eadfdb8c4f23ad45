import { randomBytes } from 'node:crypto';

/** Where ids and challenges come from. Hand in a seeded one to get the same ids in each run. */
export interface Random {
  /** `count` unpredictable bytes. */
  bytes(count: number): Buffer;
}

/** The operating system's randomness. */
export const systemRandom: Random = { bytes: (count) => randomBytes(count) };

/** A message id in Messenger's form: `m_` and base64url. */
export function messageId(random: Random): string {
  return `m_${random.bytes(24).toString('base64url')}`;
}

/** An id for a delivery or for an error's `fbtrace_id`. */
export function traceId(random: Random): string {
  return `A${random.bytes(16).toString('base64url')}`;
}

/** A page-scoped id: 16 digits, the first not zero. */
export function newPsid(random: Random): string {
  const span = 9_000_000_000_000_000n;
  return String(1_000_000_000_000_000n + (random.bytes(8).readBigUInt64BE() % span));
}

/** The number that a webhook must answer in the handshake. */
export function challenge(random: Random): string {
  return String(random.bytes(4).readUInt32BE());
}
