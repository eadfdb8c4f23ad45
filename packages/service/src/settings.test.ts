import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError } from './config-error.ts';
import { readSettings, type Environment } from './settings.ts';

const read = (environment: Environment): ReturnType<typeof readSettings<typeof own>> =>
  readSettings(environment, { port: 3_000, own });
const own = { COLOUR: z.enum(['đỏ', 'xanh'], 'must be đỏ or xanh.').default('đỏ') };

describe('the settings of a service', () => {
  it('have defaults, each service its own port', () => {
    expect(read({}).settings).toEqual({
      redisUrl: 'redis://localhost:6379',
      queue: { shards: 1, replicas: 0 },
      port: 3_000,
      host: '0.0.0.0',
      logLevel: 'info',
      tracing: {},
    });
  });

  it('come from the environment, beside the variables of the service', () => {
    const environment = {
      REDIS_URL: 'rediss://user:p%40ss@redis.example:6380/2',
      REDIS_REPLICAS: '1',
      PORT: '0',
      QUEUE_SHARDS: '4',
      HOST: '::1',
      LOG_LEVEL: 'warn',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
      COLOUR: 'xanh',
      HOME: '/home/ann',
    };
    const { settings, own: others } = read(environment);
    expect(settings).toEqual({
      redisUrl: environment.REDIS_URL,
      queue: { shards: 4, replicas: 1 },
      port: 0,
      host: '::1',
      logLevel: 'warn',
      tracing: { endpoint: 'http://collector:4318', share: 0.25 },
    });
    expect(others.COLOUR).toBe('xanh');
  });

  it('have both numbers of shards while lanes move', () => {
    const { settings } = read({ QUEUE_SHARDS: '2', QUEUE_SHARDS_NEXT: '6' });
    expect(settings.queue.shards).toEqual({ count: 2, next: 6 });
  });

  it('take an empty variable for an absent one', () => {
    const empty = { REDIS_URL: '', PORT: '', HOST: '', LOG_LEVEL: '', COLOUR: '' };
    expect(read(empty)).toEqual(read({}));
  });

  it.each([
    [{ REDIS_URL: 'localhost' }, /^REDIS_URL must be an address such as redis:/],
    [{ REDIS_REPLICAS: '-1' }, /^REDIS_REPLICAS must be a whole number of at least 0\.$/],
    [{ REDIS_REPLICAS: 'one' }, /^REDIS_REPLICAS must be a whole number of at least 0\.$/],
    [{ QUEUE_SHARDS: '0' }, /^QUEUE_SHARDS must be a whole number of at least 1\.$/],
    [{ QUEUE_SHARDS_NEXT: '2.5' }, /^QUEUE_SHARDS_NEXT must be a whole number/],
    [{ PORT: 'eighty' }, /^PORT must be a port from 0 to 65535\.$/],
    [{ PORT: '70000' }, /^PORT must be a port from 0 to 65535\.$/],
    [{ PORT: '80.5' }, /^PORT must be a whole number\.$/],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be one of fatal, error, /],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' }, /^OTEL_EXPORTER_OTLP_ENDPOINT must be an/],
    [{ OTEL_TRACES_SAMPLER_ARG: '2' }, /^OTEL_TRACES_SAMPLER_ARG must be a share from 0 to 1\.$/],
    [{ COLOUR: 'vàng' }, /^COLOUR must be đỏ or xanh\.$/],
    [{ COLOUR: 'vàng', PORT: 'eighty' }, /^PORT must be/],
  ])('name the first that is wrong in one line: %j', (environment, message) => {
    expect(() => read(environment)).toThrow(ConfigError);
    expect(() => read(environment)).toThrow(message);
  });
});
