import { describe, expect, it } from 'vitest';

import { labelDelivery, templateStatusDelivery, toMetaJson } from '../testing/index.ts';
import { base, hashed, pageId, psid, single, timestamp, who } from './delivery.test-setup.ts';

const change = (field: string, value: unknown): unknown => ({
  object: 'page',
  entry: [{ id: pageId, time: timestamp, changes: [{ field, value }] }],
});

describe('a label', () => {
  const label = { action: 'add', labelId: '2213405', labelName: 'Khách quen' } as const;

  it('becomes one event of the person, at the time of its entry', () => {
    const id = hashed('changes.label');
    const event = { ...base, channel: 'changes', type: 'label', id, ...label };
    expect(single(labelDelivery({ ...who, ...label }))).toEqual(event);
  });

  it('given, taken and given again is three events, and one of them delivered again is not', () => {
    const ids = (['add', 'remove', 'add', 'add'] as const).map((action, step) => {
      const at = timestamp + Math.min(step, 2);
      return single(labelDelivery({ ...who, ...label, action, timestamp: at })).id;
    });
    expect(new Set(ids).size).toBe(3);
    expect(ids[3]).toBe(ids[2]);
  });

  it('may be written with numbers', () => {
    const value = { user: { id: 6912345678901234 }, action: 'add', label: { id: 2213405 } };
    expect(single(change('inbox_labels', value))).toMatchObject({ psid, labelId: '2213405' });
  });
});

describe('a judged template', () => {
  const judged = { status: 'REJECTED', name: 'giao_hang', language: 'vi', reason: 'PROMOTIONAL' };
  const delivery = templateStatusDelivery({ ...who, ...judged, templateId: 1689556908129832 });
  const field = 'messenger_template_status_update';

  it('becomes one event of the Page', () => {
    expect(single(delivery)).toEqual({
      ...base,
      channel: 'changes',
      psid: undefined,
      type: 'template-status',
      id: hashed('changes.template-status'),
      templateId: '1689556908129832',
      ...judged,
    });
  });

  it('may come under the name that the list of events has', () => {
    const renamed = toMetaJson(delivery).replace('message_template_status_update', field);
    expect(single(renamed)).toMatchObject({ type: 'template-status', ...judged });
  });

  it('may say less', () => {
    const event = single(change(field, { status: 'APPROVED' }));
    expect(event).toMatchObject({ type: 'template-status', status: 'APPROVED' });
    expect(event).not.toHaveProperty('templateId');
  });
});

it.each([
  ['a field that we do not know', 'feed', { item: 'comment', verb: 'add' }],
  ['a label of nobody', 'inbox_labels', { action: 'add', label: { id: '1' } }],
  ['a label that nothing happens to', 'inbox_labels', { user: { id: psid } }],
  ['a status that is no object', 'message_template_status_update', 'APPROVED'],
  ['a word of the language', 'constructor', {}],
])('%s is unsupported', (_what, field, value) => {
  expect(single(change(field, value))).toMatchObject({
    type: 'unsupported',
    channel: 'changes',
    keys: [field],
    raw: { field, value },
    psid: undefined,
  });
});
