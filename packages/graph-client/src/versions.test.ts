import { describe, expect, it } from 'vitest';

import { createGraphClient } from './client.ts';
import { createFakeTransport, createManualClock } from './testing/index.ts';
import { GRAPH_API_VERSION, versionWarning } from './versions.ts';

const at = (day: string): number => Date.parse(day);

describe('an API version', () => {
  it.each([
    ['v21.0', '2026-10-22', undefined],
    ['v21.0', '2026-10-23', 90],
    ['v21.0', '2026-12-22', 30],
    ['v21.0', '2027-01-21', 0],
    ['v21.0', '2027-01-23', -2],
    ['v20.0', '2026-11-23', -60],
    ['v12.0', '2026-11-23', -1],
    ['v26.0', '2029-01-01', undefined],
    ['v99.0', '2029-01-01', undefined],
  ])('%s on %s is warned of with %s days left', (version, day, daysLeft) => {
    expect(versionWarning(version, at(day))?.warning.daysLeft).toBe(daysLeft);
  });

  it('of this package has no end that is known', () => {
    expect(versionWarning(GRAPH_API_VERSION, at('2027-12-31'))).toBeUndefined();
  });

  it('is warned of once in its last 90 days, once in its last 30, and once it is over', async () => {
    const warnings: string[] = [];
    const clock = createManualClock(at('2026-10-01'));
    const graph = createGraphClient({
      accessToken: 'token',
      version: 'v21.0',
      transport: createFakeTransport(),
      clock,
      onWarning: ({ daysLeft, message }) => warnings.push(`${daysLeft}: ${message}`),
    });
    for (let day = 0; day < 130; day += 1) {
      await graph.call({ method: 'GET', path: 'me' });
      clock.advance(86_400_000);
    }
    expect(warnings).toEqual([
      '90: Graph API v21.0 stops working on 2027-01-21: move to v26.0 or newer.',
      '30: Graph API v21.0 stops working on 2027-01-21: move to v26.0 or newer.',
      '-1: Graph API v21.0 no longer works: move to v26.0 or newer.',
    ]);
  });
});
