/** Says from the books of a run what went wrong in it. Pure: the books and nothing else. */
import { stepNames, type Books, type Effect } from './books.ts';
import type { PlannedEvent } from './traffic.ts';

export interface Verdict {
  /** Acknowledged events of which an effect is missing, by id; of poison none is owed. */
  readonly lost: readonly string[];
  /** First effects that came after the first effect of something later in their lane. */
  readonly reordered: readonly Effect[];
  /** Effects of a step beyond its first. */
  readonly extra: readonly Effect[];
  /** Effects that nobody was told to be perhaps a repetition, beyond one a step. */
  readonly unflagged: readonly Effect[];
  /** Effects that were told to be perhaps a repetition; they need not be one. */
  readonly flagged: readonly Effect[];
  /** Effects of a turn while, or after, another turn of the lane had its own. */
  readonly overlaps: readonly Effect[];
  /** Steps that two turns carried out and journaled as done, by id. */
  readonly journaledTwice: readonly string[];
  /** Events that were ended well twice, by id. */
  readonly handledTwice: readonly string[];
}

export function judge(events: readonly PlannedEvent[], books: Books): Verdict {
  const { acked, effects, stepped, handled } = books;
  const seen = new Set(effects.map(({ stepId }) => stepId));
  const owed = events.filter(({ id, data }) => acked.has(id) && typeof data.manner === 'string');
  return {
    lost: owed.map(({ id }) => id).filter((id) => !isComplete(id, seen)),
    reordered: [...byLane(effects)].flatMap(outOfOrder),
    extra: beyondFirst(effects, ({ stepId }) => stepId),
    unflagged: beyondFirst(
      effects.filter(({ repeated }) => !repeated),
      ({ stepId }) => stepId,
    ),
    flagged: effects.filter(({ repeated }) => repeated),
    overlaps: [...byLane(effects)].flatMap(overlapping),
    journaledTwice: beyondFirst(stepped, ({ stepId }) => stepId).map(({ stepId }) => stepId),
    handledTwice: beyondFirst(handled, handledId).map(handledId),
  };
}

const handledId = ({ lane, seq }: { lane: string; seq: number }): string => `${lane}:${seq}`;

/** Whether both steps of the event have had their effect. */
function isComplete(id: string, seen: ReadonlySet<string>): boolean {
  return stepNames.every((step) => seen.has(`${id}/${step}`));
}

function beyondFirst<Item>(items: readonly Item[], identity: (item: Item) => string): Item[] {
  const seen = new Set<string>();
  return items.filter((item) => seen.size === seen.add(identity(item)).size);
}

function byLane(effects: readonly Effect[]): Iterable<readonly Effect[]> {
  return Map.groupBy(effects, ({ lane }) => lane).values();
}

/** Of one lane, in order of arrival: events by `seq`, and in each the steps in their order. */
function outOfOrder(effects: readonly Effect[]): Effect[] {
  const seen = new Set<number>();
  let furthest = -1;
  return effects.filter((effect) => {
    const place = effect.seq * stepNames.length + stepNames.indexOf(effect.step);
    if (seen.has(place)) return false;
    seen.add(place);
    if (place < furthest) return true;
    furthest = place;
    return false;
  });
}

/** Of one lane, in order of arrival: a turn that another one followed must be silent for ever. */
function overlapping(effects: readonly Effect[]): Effect[] {
  const followed = new Set<string>();
  let last: Effect | undefined;
  return effects.filter((effect) => {
    if (followed.has(effect.turn)) return true;
    const before = last;
    last = effect;
    if (!before || before.turn === effect.turn) return false;
    followed.add(before.turn);
    return before.endedAt === undefined || before.endedAt > effect.at;
  });
}
