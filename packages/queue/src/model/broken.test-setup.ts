import type { Grant, Lanes } from '../lanes.ts';

/** Lanes that break one promise each: the model must find out. */
export const broken: Record<string, (lanes: Lanes) => Lanes> = {
  'take what they have seen for new': (lanes) => ({
    ...lanes,
    accept: async (event) => ({ ...(await lanes.accept(event)), outcome: 'accepted' }),
  }),

  'let everybody finish a turn': withoutFence((lanes, latest) => ({
    ...lanes,
    finish: (finish) => lanes.finish({ ...finish, grant: latest(finish.grant) }),
  })),

  'let everybody write down steps': withoutFence((lanes, latest) => ({
    ...lanes,
    journal: (entry) => lanes.journal({ ...entry, grant: latest(entry.grant) }),
  })),

  'let everybody renew a lease': withoutFence((lanes, latest) => ({
    ...lanes,
    renew: (grant) => lanes.renew(latest(grant)),
  })),

  'end two events when a finish is sent twice': (lanes) => {
    const finished = new WeakMap<Grant, Grant>();
    return {
      ...lanes,
      async finish(finish) {
        const before = finished.get(finish.grant);
        const answer = await lanes.finish(before ? { ...finish, grant: before } : finish);
        if (answer.kind === 'next') finished.set(finish.grant, answer.grant);
        return answer;
      },
    };
  },

  'say of a step that is done that it begins': (lanes) => ({
    ...lanes,
    journal: async (entry) => {
      const journaled = await lanes.journal(entry);
      return journaled.kind === 'done' ? { kind: 'written', behind: 0 } : journaled;
    },
  }),

  'forget that a step was begun': (lanes) => ({
    ...lanes,
    journal: async (entry) =>
      entry.state === 'sending' ? { kind: 'written', behind: 0 } : lanes.journal(entry),
  }),

  'do not wait until a retry is due': (lanes) => ({
    ...lanes,
    retry: (retry) => lanes.retry({ ...retry, delayMs: 0 }),
  }),

  'do not count attempts': (lanes) => ({
    ...lanes,
    retry: (retry) => lanes.retry({ ...retry, countAttempt: false }),
  }),

  'wake nobody': (lanes) => ({
    ...lanes,
    accept: async (event) => ({ ...(await lanes.accept(event)), wake: false }),
  }),

  'find no lane that nobody touched': (lanes) => ({
    ...lanes,
    sweep: async (most) => ({ ...(await lanes.sweep(most)), found: [] }),
  }),

  'say that they hasten a lane, and do not': (lanes) => ({
    ...lanes,
    hasten: async (haste) => {
      const { heldMs, dueMs } = await lanes.inspect('ann');
      const isPaused = heldMs === 0 && dueMs > 0 && haste.beginning === 'an';
      return { lanes: isPaused ? ['ann'] : [], next: undefined };
    },
  }),

  'forget no dead letters': (lanes) => ({
    ...lanes,
    forget: async (forgetting) =>
      forgetting.among === 'dead' ? { count: 0, next: undefined } : lanes.forget(forgetting),
  }),

  'lose what they cannot cancel': (lanes) => ({
    ...lanes,
    cancel: async (eventId) => {
      await lanes.cancel(eventId);
      return false;
    },
  }),
};

/** Whoever asks, the lanes believe that it is the holder. */
function withoutFence(
  make: (lanes: Lanes, latest: (grant: Grant) => Grant) => Lanes,
): (lanes: Lanes) => Lanes {
  return (lanes) => {
    const epochs = new Map<string, Pick<Grant, 'epoch' | 'turn'>>();
    const note = ({ head, epoch, turn }: Grant): void =>
      void epochs.set(head.lane, { epoch, turn });
    const latest = (grant: Grant): Grant => ({ ...grant, ...epochs.get(grant.head.lane) });
    const noting: Lanes = {
      ...lanes,
      async take(take) {
        const taken = await lanes.take(take);
        if (taken.kind === 'granted') note(taken.grant);
        return taken;
      },
      async finish(finish) {
        const finished = await lanes.finish(finish);
        if (finished.kind === 'next') note(finished.grant);
        return finished;
      },
    };
    return make(noting, latest);
  };
}
