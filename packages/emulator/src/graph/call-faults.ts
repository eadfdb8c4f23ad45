import type { Struck } from '../faults/fault-book.ts';
import type { CallFault } from '../faults/faults.ts';
import { GraphRefusal } from './errors.ts';

/** What the faults that strike a call do to it, together. */
export interface CallFate {
  readonly fault: string | undefined;
  readonly latencyMs: number;
  /** Refused instead of done. */
  readonly refusal: GraphRefusal | undefined;
  readonly regainMinutes: number;
  /** What comes instead of the answer. */
  readonly broken:
    | { readonly kind: 'status'; readonly status: number; readonly tookEffect: boolean }
    | { readonly kind: 'reset'; readonly tookEffect: boolean }
    | undefined;
  /** How long the answer's body takes. */
  readonly slowMs: number;
}

const UNAVAILABLE = 503;

export function fateOf(struck: readonly Struck<CallFault>[]): CallFate {
  const fate: CallFate = {
    fault: struck[0]?.id,
    latencyMs: 0,
    refusal: undefined,
    regainMinutes: 0,
    broken: undefined,
    slowMs: 0,
  };
  for (const fault of struck) Object.assign(fate, effectOf(fault, fate));
  return fate;
}

function effectOf(fault: CallFault, before: CallFate): Partial<CallFate> {
  switch (fault.kind) {
    case 'latency':
      return { latencyMs: before.latencyMs + fault.ms };
    case 'slow-body':
      return { slowMs: before.slowMs + fault.ms };
    case 'server-error': {
      const { status = UNAVAILABLE, tookEffect = false } = fault;
      return { broken: { kind: 'status', status, tookEffect } };
    }
    case 'reset':
      return { broken: { kind: 'reset', tookEffect: fault.tookEffect ?? false } };
    case 'throttled': {
      const message =
        '(#80006) There have been too many calls to this Page account. Wait a bit and try again.';
      return { refusal: refusalOf(80006, message), regainMinutes: fault.regainMinutes ?? 1 };
    }
    case 'token-dead': {
      const message =
        'Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.';
      return { refusal: refusalOf(190, message, 460) };
    }
    case 'page-restricted':
      return {
        refusal: refusalOf(10, '(#10) This Page is restricted from sending messages.', 1893063),
      };
    case 'person-blocked':
      return { refusal: refusalOf(551, "(#551) This person isn't available right now.", 1545041) };
    case 'window-closed': {
      const message = '(#10) This message is sent outside of allowed window.';
      return { refusal: refusalOf(10, message, 2018278) };
    }
    case 'refusal':
      return {
        refusal: refusalOf(fault.code, `(#${fault.code}) An injected refusal.`, fault.subcode),
      };
    default:
      return assertNever(fault);
  }
}

function refusalOf(code: number, message: string, subcode?: number): GraphRefusal {
  return new GraphRefusal('OAuthException', code, message, subcode);
}

function assertNever(fault: never): never {
  throw new Error(`No fault of calls: ${JSON.stringify(fault)}`);
}
