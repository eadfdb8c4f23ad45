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
  return digits(random, 16n);
}

/** An id of a saved attachment: 15 digits, since echoes tell it as a number. */
export function attachmentId(random: Random): string {
  return digits(random, 15n);
}

/** An id of a label, a persona or a template. */
export function objectId(random: Random): string {
  return digits(random, 15n);
}

function digits(random: Random, count: bigint): string {
  const least = 10n ** (count - 1n);
  return String(least + (random.bytes(8).readBigUInt64BE() % (9n * least)));
}

/** The number that a webhook must answer in the handshake. */
export function challenge(random: Random): string {
  return String(random.bytes(4).readUInt32BE());
}
