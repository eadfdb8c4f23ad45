import { describe, expect, it } from 'vitest';
import { fitColumns, openBeside, openInstead, parseRoute, roomFor, routeOf } from './route.ts';

describe('the open conversations', () => {
  it('stand in the address', () => {
    expect(parseRoute('#12,34,12')).toEqual(['12', '34']);
    expect(parseRoute('')).toEqual([]);
    expect(parseRoute('#composer')).toEqual([]);
    expect(parseRoute(routeOf(['7', '8']))).toEqual(['7', '8']);
  });

  it('take the place of the one that has the focus', () => {
    expect(openInstead([], undefined, '1')).toEqual(['1']);
    expect(openInstead(['1', '2'], '1', '3')).toEqual(['3', '2']);
    expect(openInstead(['1', '2'], '1', '2')).toEqual(['1', '2']);
  });

  it('stand beside each other as far as there is room', () => {
    expect(openBeside(['1'], '2', 2)).toEqual(['1', '2']);
    expect(openBeside(['1', '2'], '3', 2)).toEqual(['2', '3']);
    expect(openBeside(['1', '2'], '1', 2)).toEqual(['1', '2']);
  });

  it('have less room beside the panel', () => {
    expect([360, 1280, 1700].map((width) => roomFor(width, false))).toEqual([1, 2, 3]);
    expect([360, 1280, 1700].map((width) => roomFor(width, true))).toEqual([1, 1, 2]);
  });

  it('never lose the one that has the focus', () => {
    expect(fitColumns(['1', '2', '3'], '1', 2)).toEqual(['1', '3']);
    expect(fitColumns(['1', '2', '3'], undefined, 1)).toEqual(['3']);
  });
});
