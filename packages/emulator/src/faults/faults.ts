import { z } from 'zod';
import { EmulatorError } from '../errors.ts';

/** Which calls or deliveries a fault meets, and how often. Everything that is not said is open. */
export interface FaultScope {
  /**
   * The Graph API's edge, such as `messages`, `message_attachments` or `conversations`; without an
   * edge the kind of object, such as `person`. Only for faults of calls.
   */
  readonly api?: string | undefined;
  readonly pageId?: string | undefined;
  readonly psid?: string | undefined;
  /** The share of what it meets that fails, above 0 and up to 1. Default 1. */
  readonly rate?: number | undefined;
  /** After so many failures it is over. Default: until it is removed. */
  readonly times?: number | undefined;
}

/** What goes wrong with Graph calls. */
export type CallFault =
  /** Answers late. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** Answers a status of 500 to 599 without Graph's error body. Default 503. */
  | {
      readonly kind: 'server-error';
      readonly status?: number | undefined;
      /** Did what it was asked all the same. Default false. */
      readonly tookEffect?: boolean | undefined;
    }
  /** Resets the connection instead of answering. */
  | {
      readonly kind: 'reset';
      /** Did what it was asked all the same. Default false. */
      readonly tookEffect?: boolean | undefined;
    }
  /** Answers in pieces that take so long together. */
  | { readonly kind: 'slow-body'; readonly ms: number }
  /** Refuses with 80006, and says in the usage header when to come back. */
  | {
      readonly kind: 'throttled';
      /** Whole minutes. Default 1. */
      readonly regainMinutes?: number | undefined;
    }
  /** Refuses with 190/460: somebody changed the password. */
  | { readonly kind: 'token-dead' }
  /** Refuses with 10/1893063. */
  | { readonly kind: 'page-restricted' }
  /** Refuses with 551/1545041. */
  | { readonly kind: 'person-blocked' }
  /** Refuses with 10/2018278. */
  | { readonly kind: 'window-closed' }
  /** Refuses with this code. */
  | {
      readonly kind: 'refusal';
      readonly code: number;
      readonly subcode?: number | undefined;
    };

/** What goes wrong with deliveries. */
export type DeliveryFault =
  /** It goes out twice, though the webhook took it the first time. */
  | { readonly kind: 'duplicate' }
  /** What happened after it overtakes it: it waits for so many milliseconds. Default 1000. */
  | { readonly kind: 'overtaken'; readonly ms?: number | undefined }
  /** The webhook's answer is lost on its way: it is tried again. */
  | { readonly kind: 'answer-lost' };

/**
 * Something that goes wrong on purpose.
 *
 * @example
 * ```ts
 * emulator.inject({ kind: 'reset', tookEffect: true, api: 'messages', times: 1 });
 * emulator.inject({ kind: 'server-error', rate: 0.1, pageId: '100000000000001' });
 * ```
 */
export type Fault = FaultScope & (CallFault | DeliveryFault);

/** A fault that was injected, and how often it struck. */
export interface InjectedFault {
  readonly id: string;
  readonly fault: Fault;
  readonly hits: number;
  /** How many more; absent for one without an end. */
  readonly left?: number;
}

const deliveryKinds: ReadonlySet<string> = new Set(['duplicate', 'overtaken', 'answer-lost']);

export function isDeliveryFault(fault: Fault): fault is FaultScope & DeliveryFault {
  return deliveryKinds.has(fault.kind);
}

const id = z.string().regex(/^\d{1,32}$/, 'must be digits');
const ms = z.number().min(0).max(600_000);
const scope = {
  pageId: id.optional(),
  psid: id.optional(),
  rate: z.number().gt(0).max(1).optional(),
  times: z.int().min(1).optional(),
};
const api = z
  .string()
  .regex(/^[a-z_]{1,60}$/, 'must be the name of an edge, such as messages')
  .optional();
const tookEffect = z.boolean().optional();

const onCall = { ...scope, api };

const shape: z.ZodType<Fault> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('latency'), ms, ...onCall }),
  z.strictObject({
    kind: z.literal('server-error'),
    status: z.int().min(500).max(599).optional(),
    tookEffect,
    ...onCall,
  }),
  z.strictObject({ kind: z.literal('reset'), tookEffect, ...onCall }),
  z.strictObject({ kind: z.literal('slow-body'), ms, ...onCall }),
  z.strictObject({
    kind: z.literal('throttled'),
    regainMinutes: z.int().min(0).max(1440).optional(),
    ...onCall,
  }),
  z.strictObject({
    kind: z.enum(['token-dead', 'page-restricted', 'person-blocked', 'window-closed']),
    ...onCall,
  }),
  z.strictObject({
    kind: z.literal('refusal'),
    code: z.int().min(1),
    subcode: z.int().min(1).optional(),
    ...onCall,
  }),
  z.strictObject({ kind: z.enum(['duplicate', 'answer-lost']), ...scope }),
  z.strictObject({ kind: z.literal('overtaken'), ms: ms.optional(), ...scope }),
]);

/** @throws EmulatorError `INVALID_FAULT`, which names the field. */
export function checkFault(fault: unknown): Fault {
  const result = shape.safeParse(fault);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') ?? '';
  throw new EmulatorError('INVALID_FAULT', `Fault${field && ` field ${field}`}: ${issue?.message}`);
}
