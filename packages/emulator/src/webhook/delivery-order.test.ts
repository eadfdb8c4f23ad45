import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createEventLanes, type WaitingEvent } from './event-lanes.ts';
import { createInstantClock } from '../testing/instant-clock.ts';
import { createScene, pageId, secrets } from '../testing/scene.ts';

const otherPage = '100000000000002';

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('add' as const), lane: fc.nat(3) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('take' as const),
      most: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('done' as const), which: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('drop' as const), page: fc.nat(1) }) },
);

it('lanes give each event once, in its order, and no two of a conversation at a time', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const lanes = createEventLanes();
      const added: WaitingEvent[] = [];
      const gone = new Set<WaitingEvent>();
      const taken: WaitingEvent[] = [];
      const busy: (readonly WaitingEvent[])[] = [];
      const laneOf = ({ event }: WaitingEvent): string => `${event.pageId}:${event.psid}`;
      const isBusy = (waiting: WaitingEvent): boolean =>
        busy.some((events) => events.some((each) => laneOf(each) === laneOf(waiting)));
      const take = (most: number): void => {
        const events = lanes.take(most);
        expect(events.length).toBeLessThanOrEqual(most);
        for (const each of events) expect(isBusy(each)).toBe(false);
        taken.push(...events);
        if (events.length > 0) busy.push(events);
      };
      for (const each of steps) {
        if (each.kind === 'add') {
          const page = String(each.lane % 2);
          const event = {
            pageId: page,
            psid: String(each.lane),
            field: 'messages',
            mids: [],
            value: {},
          };
          const waiting = { event, standby: false };
          added.push(waiting);
          lanes.add(waiting);
        } else if (each.kind === 'take') take(each.most);
        else if (each.kind === 'drop')
          for (const one of lanes.drop(String(each.page))) gone.add(one);
        else {
          const [events] = busy.splice(each.which % (busy.length || 1), 1);
          if (events !== undefined) lanes.done(events);
        }
      }
      while (!lanes.isEmpty) {
        const [events] = busy.splice(0, 1);
        if (events !== undefined) lanes.done(events);
        if (lanes.hasReady) take(3);
      }
      const inOrder = (events: readonly WaitingEvent[], lane: string): readonly WaitingEvent[] =>
        events.filter((each) => laneOf(each) === lane);
      for (const lane of new Set(added.map(laneOf))) {
        const wanted = inOrder(added, lane).filter((each) => !gone.has(each));
        expect(inOrder(taken, lane)).toEqual(wanted);
      }
    }),
  );
});

it('deliveries bring each event to the webhook in its order, whatever the webhook does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        people: fc.array(fc.nat(5), { minLength: 1, maxLength: 60 }),
        eventsPerDelivery: fc.integer({ min: 1, max: 7 }),
        statuses: fc.array(fc.constantFrom(200, 200, 500, 403), { maxLength: 40 }),
        fault: fc.constantFrom('duplicate' as const, 'answer-lost' as const, undefined),
        seed: fc.nat(1_000),
      }),
      async ({ people, eventsPerDelivery, statuses, fault, seed }) => {
        const firsts: string[] = [];
        const { emulator, webhook } = await createScene(
          {
            clock: createInstantClock(),
            eventsPerDelivery,
            seed,
            pages: [
              { id: pageId, accessToken: secrets.accessToken },
              { id: otherPage, accessToken: 'other-token' },
            ],
            people: Array.from({ length: 6 }, (_, index) => ({
              psid: `500000000000000${index}`,
              name: `Khách ${index}`,
              pageId: index % 2 === 0 ? pageId : otherPage,
            })),
            // So many attempts that none is given up, and all of them in less than 15 minutes.
            redeliveryDelaysMs: Array.from({ length: 50 }, () => 1),
          },
          (count, { events }) => {
            for (const { message } of events) {
              const text = message?.text ?? '';
              if (!firsts.includes(text)) firsts.push(text);
            }
            return statuses[count] ?? 200;
          },
        );
        if (fault !== undefined) emulator.inject({ kind: fault, rate: 0.5 });
        const half = people.length / 2;
        for (const [index, person] of people.entries()) {
          emulator.say(`500000000000000${person}`, `${person}-${index}`);
          if (index > half) await Promise.resolve();
        }
        await emulator.idle();
        for (const person of new Set(people)) {
          const wanted = people.flatMap((each, index) =>
            each === person ? `${each}-${index}` : [],
          );
          expect(firsts.filter((text) => text.startsWith(`${person}-`))).toEqual(wanted);
        }
        const { deliveries, conversations } = emulator.state;
        expect(deliveries.every(({ accepted, done }) => accepted && done)).toBe(true);
        for (const { messages } of Object.values(conversations)) {
          expect(messages.every(({ status }) => status === 'delivered')).toBe(true);
        }
        const tries = deliveries.flatMap(({ attempts }) => attempts).length;
        expect(webhook.posts).toHaveLength(tries);
        expect(deliveries.flatMap(({ events }) => events)).toHaveLength(people.length);
        await emulator.close();
        await webhook.close();
      },
    ),
    { numRuns: 25 },
  );
});
