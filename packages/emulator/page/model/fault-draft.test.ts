import { describe, expect, it } from 'vitest';
import { checkFault } from '../../src/faults/faults.ts';
import { emptyDraft, faultKinds, faultOf, type FaultPreset, faultPresets } from './fault-draft.ts';

const open = { psid: '1', pageId: '10' };

describe('the form of a fault', () => {
  it.each(faultKinds)(
    'makes a %s that the emulator takes, for all, a Page and a person',
    (kind) => {
      for (const target of ['all', 'page', 'person'] as const) {
        const draft = { ...emptyDraft, kind, target, api: 'messages', rate: '20' };
        const fault = faultOf(draft, open);
        expect(checkFault(fault)).toEqual(fault);
      }
    },
  );

  it('says only what was filled in', () => {
    const draft = { ...emptyDraft, kind: 'reset', tookEffect: true, times: '' } as const;
    expect(faultOf(draft, open)).toEqual({ kind: 'reset', tookEffect: true });
    expect(faultOf({ ...emptyDraft, target: 'person', rate: '10' }, open)).toEqual({
      kind: 'server-error',
      status: 503,
      psid: '1',
      rate: 0.1,
      times: 1,
    });
  });

  it('names no API where deliveries fail', () => {
    expect(faultOf({ ...emptyDraft, kind: 'duplicate', api: 'messages' }, open)).toEqual({
      kind: 'duplicate',
      times: 1,
    });
  });
});

describe('the faults at one click', () => {
  it.each(Object.keys(faultPresets) as FaultPreset[])(
    '%s is one that the emulator takes',
    (name) => {
      expect(() => checkFault(faultPresets[name](open))).not.toThrow();
      expect(() => checkFault(faultPresets[name](undefined))).not.toThrow();
    },
  );
});
