import { createHash } from 'node:crypto';
import type { Changes } from '../state/changes.ts';
import {
  type CallFault,
  checkFault,
  type DeliveryFault,
  type Fault,
  type InjectedFault,
  isDeliveryFault,
} from './faults.ts';

/** What a fault might meet. */
export interface Target {
  readonly api?: string | undefined;
  readonly pageId: string | undefined;
  readonly psid?: string | undefined;
}

/** A fault that strikes now. */
export type Struck<Kind> = Kind & { readonly id: string };

/** The faults that were injected, and whom they strike next. */
export interface FaultBook {
  readonly injected: readonly InjectedFault[];
  /** @throws EmulatorError `INVALID_FAULT` */
  inject(fault: unknown): InjectedFault;
  /** Answers whether it was there. */
  remove(id: string): boolean;
  /** Every fault that strikes the call; each that strikes is counted. */
  onCall(target: Target): readonly Struck<CallFault>[];
  onDelivery(targets: readonly Target[]): readonly Struck<DeliveryFault>[];
}

type Open = { -readonly [K in keyof InjectedFault]: InjectedFault[K] } & { met: number };

/**
 * @param seed Each fault's draws follow from it, from the order in which faults were injected, and
 *   from how many calls the fault met: other faults and other calls change nothing.
 */
export function createFaultBook(seed: number, changes: Changes): FaultBook {
  const open: Open[] = [];
  let made = 0;

  const told = (): void => changes.tell({ kind: 'faults', faults: open });

  function draw(id: string, met: number): number {
    const hash = createHash('sha256').update(`${seed}:${id}:${met}`).digest();
    return hash.readUInt32BE() / 2 ** 32;
  }

  function strikes(each: Open): boolean {
    each.met += 1;
    const { rate = 1 } = each.fault;
    if (rate < 1 && draw(each.id, each.met) >= rate) return false;
    each.hits += 1;
    if (each.left !== undefined) each.left -= 1;
    return true;
  }

  /** Faults of a kind that strike one of these targets. */
  function strike<Kind>(
    targets: readonly Target[],
    isOfKind: (fault: Fault) => boolean,
  ): readonly Struck<Kind>[] {
    if (open.length === 0) return [];
    const struck = open.filter(
      (each) =>
        isOfKind(each.fault) &&
        targets.some((target) => meets(each.fault, target)) &&
        strikes(each),
    );
    if (struck.length === 0) return [];
    const found = struck.map(({ id, fault }) => ({ ...fault, id }) as unknown as Struck<Kind>);
    for (const { id, left } of struck) if (left === 0) take(id);
    told();
    return found;
  }

  function take(id: string): boolean {
    const index = open.findIndex((each) => each.id === id);
    if (index === -1) return false;
    open.splice(index, 1);
    return true;
  }

  return {
    injected: open,
    inject(given) {
      const fault = checkFault(given);
      made += 1;
      const { times } = fault;
      const left = times === undefined ? {} : { left: times };
      const injected: Open = { id: `fault-${made}`, fault, hits: 0, met: 0, ...left };
      open.push(injected);
      told();
      return injected;
    },
    remove(id) {
      const was = take(id);
      if (was) told();
      return was;
    },
    onCall: (target) => strike([target], (fault) => !isDeliveryFault(fault)),
    onDelivery: (targets) => strike(targets, isDeliveryFault),
  };
}

function meets({ pageId, psid, ...fault }: Fault, target: Target): boolean {
  const api = 'api' in fault ? fault.api : undefined;
  return (
    (api === undefined || api === target.api) &&
    (pageId === undefined || pageId === target.pageId) &&
    (psid === undefined || psid === target.psid)
  );
}
