import type { Fault } from '../../src/faults/faults.ts';

export type FaultKind = Fault['kind'];

/** A field of the form beside those that say what the fault meets. */
export type FaultField = 'ms' | 'status' | 'tookEffect' | 'regainMinutes' | 'code' | 'subcode';

/** What each kind can be told. */
export const faultFields: Readonly<Record<FaultKind, readonly FaultField[]>> = {
  latency: ['ms'],
  'server-error': ['status', 'tookEffect'],
  reset: ['tookEffect'],
  'slow-body': ['ms'],
  throttled: ['regainMinutes'],
  'token-dead': [],
  'page-restricted': [],
  'person-blocked': [],
  'window-closed': [],
  refusal: ['code', 'subcode'],
  duplicate: [],
  overtaken: ['ms'],
  'answer-lost': [],
};

export const faultKinds: readonly FaultKind[] = Object.keys(faultFields) as FaultKind[];

const deliveryKinds: ReadonlySet<FaultKind> = new Set(['duplicate', 'overtaken', 'answer-lost']);

/** Deliveries have no API to be named. */
export function meetsDeliveries(kind: FaultKind): boolean {
  return deliveryKinds.has(kind);
}

/** The edges of the Graph API that a bot calls most. */
export const knownApis = [
  'messages',
  'message_attachments',
  'messenger_profile',
  'conversations',
  'subscribed_apps',
  'personas',
  'person',
] as const;

export type FaultTarget = 'all' | 'page' | 'person';

/** The form as it is filled in: everything is text. */
export interface FaultDraft {
  readonly kind: FaultKind;
  readonly api: string;
  readonly target: FaultTarget;
  /** In percent. */
  readonly rate: string;
  /** Empty for without an end. */
  readonly times: string;
  readonly ms: string;
  readonly status: string;
  readonly tookEffect: boolean;
  readonly regainMinutes: string;
  readonly code: string;
  readonly subcode: string;
}

export const emptyDraft: FaultDraft = {
  kind: 'server-error',
  api: '',
  target: 'all',
  rate: '100',
  times: '1',
  ms: '1000',
  status: '503',
  tookEffect: false,
  regainMinutes: '1',
  code: '100',
  subcode: '',
};

export interface OpenConversation {
  readonly psid: string;
  readonly pageId: string;
}

/** The fault to inject; what was left empty stays open. */
export function faultOf(draft: FaultDraft, open: OpenConversation | undefined): Fault {
  const { kind, api, target } = draft;
  const rate = Number(draft.rate) / 100;
  const asked = faultFields[kind].map((field) => [field, valueOf(draft[field])]);
  return dropEmpty({
    kind,
    ...Object.fromEntries(asked),
    api: meetsDeliveries(kind) || api.trim() === '' ? undefined : api.trim(),
    pageId: target === 'page' ? open?.pageId : undefined,
    psid: target === 'person' ? open?.psid : undefined,
    rate: rate === 1 ? undefined : rate,
    times: valueOf(draft.times),
  }) as Fault;
}

function valueOf(value: string | boolean): number | true | undefined {
  if (typeof value === 'boolean') return value || undefined;
  return value.trim() === '' ? undefined : Number(value);
}

function dropEmpty(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

export type FaultPreset =
  | 'fails-once'
  | 'reset-took-effect'
  | 'throttle'
  | 'slow'
  | 'twice'
  | 'dead';

/** What is tried most, at one click. */
export const faultPresets: Readonly<
  Record<FaultPreset, (open: OpenConversation | undefined) => Fault>
> = {
  'fails-once': () => ({ kind: 'server-error', status: 503, api: 'messages', times: 1 }),
  'reset-took-effect': () => ({ kind: 'reset', tookEffect: true, api: 'messages', times: 1 }),
  throttle: (open) => ({ kind: 'throttled', regainMinutes: 1, pageId: open?.pageId, times: 1 }),
  slow: () => ({ kind: 'latency', ms: 2000 }),
  twice: () => ({ kind: 'duplicate', times: 1 }),
  dead: (open) => ({ kind: 'token-dead', pageId: open?.pageId }),
};
