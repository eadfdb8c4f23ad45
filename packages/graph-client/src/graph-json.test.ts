import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fromGraphJson, toGraphJson } from './graph-json.ts';

const names = [
  ['imageUrl', 'image_url'],
  ['webviewHeightRatio', 'webview_height_ratio'],
  ['street1', 'street_1'],
  ['url', 'url'],
] as const;

describe("a name in Graph's JSON", () => {
  it.each(names)('%s is %s there, and comes back as it was', (ours, theirs) => {
    expect(toGraphJson({ [ours]: 1 })).toStrictEqual({ [theirs]: 1 });
    expect(fromGraphJson({ [theirs]: 1 })).toStrictEqual({ [ours]: 1 });
  });

  it('is changed at any depth', () => {
    const ours = { callToActions: [{ defaultAction: { fallbackUrl: 'x' } }, [{ postId: '1_2' }]] };
    const theirs = {
      call_to_actions: [{ default_action: { fallback_url: 'x' } }, [{ post_id: '1_2' }]],
    };
    expect(toGraphJson(ours)).toStrictEqual(theirs);
    expect(fromGraphJson(theirs)).toStrictEqual(ours);
  });

  it('is left out when its value is undefined, and kept when it is null', () => {
    expect(toGraphJson({ a: undefined, b: null, c: 0, d: '' })).toStrictEqual({
      b: null,
      c: 0,
      d: '',
    });
  });
});

it.each(['camelCase và snake_case', 7, true, null, undefined])('the value %j stays', (value) => {
  expect(toGraphJson(value)).toBe(value);
  expect(fromGraphJson(value)).toBe(value);
});

it('whatever has names like ours comes back from Graph as it was', () => {
  const name = fc.stringMatching(/^[a-z]{1,6}(?:[A-Z][a-z]{1,6}){0,3}$/);
  const value = fc.letrec((tie) => ({
    any: fc.oneof({ maxDepth: 3 }, fc.string(), fc.integer(), tie('list'), tie('object')),
    list: fc.array(tie('any'), { maxLength: 3 }),
    object: fc.dictionary(name, tie('any'), { maxKeys: 4, noNullPrototype: true }),
  })).any;
  const thereAndBack = fc.property(value, (ours) => {
    expect(fromGraphJson(toGraphJson(ours))).toEqual(ours);
  });
  expect(() => fc.assert(thereAndBack)).not.toThrow();
});
