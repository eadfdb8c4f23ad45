import { expect, it } from 'vitest';
import { withOwn } from './own-variables.ts';

it('own variables stand above those of a shell, in whichever form it has them', () => {
  const shell = { PATH: '/bin', APP_SECRET_FILE: '/run/app-secret', REDIS_URL: 'redis://other' };
  const own = { APP_SECRET: 'secret', REDIS_URL: 'redis://own', GRAPH_API_URL: undefined };
  expect(withOwn({ ...shell, GRAPH_API_URL_FILE: '/run/graph' }, own)).toEqual({
    PATH: '/bin',
    APP_SECRET: 'secret',
    APP_SECRET_FILE: '',
    REDIS_URL: 'redis://own',
    REDIS_URL_FILE: '',
    GRAPH_API_URL_FILE: '/run/graph',
  });
});
