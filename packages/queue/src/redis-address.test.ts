import { describe, expect, it } from 'vitest';
import { InputError } from './errors.ts';
import { connectRedis } from './redis.ts';
import { parseRedisUrl } from './redis-address.ts';

const plain = { tls: false, credentials: {} };

describe('an address of Redis', () => {
  it.each([
    ['redis://localhost', 'localhost', 6_379, 0],
    ['redis://localhost:6380/', 'localhost', 6_380, 0],
    ['redis://10.0.0.1:6380/2', '10.0.0.1', 6_380, 2],
    ['redis://[::1]:6380', '::1', 6_380, 0],
  ])('names one server: %s', (url, host, port, database) => {
    const node = { host, port };
    expect(parseRedisUrl(url)).toEqual({ ...plain, kind: 'single', node, database });
  });

  it.each(['redis://one:7000,two:7001', 'redis://one:7000, redis://two:7001/0'])(
    'names nodes of a Cluster: %s',
    (url) => {
      const nodes = [
        { host: 'one', port: 7_000 },
        { host: 'two', port: 7_001 },
      ];
      expect(parseRedisUrl(url)).toEqual({ ...plain, kind: 'cluster', nodes });
    },
  );

  it('that stands there twice is one of a Cluster', () => {
    const nodes = [
      { host: 'all', port: 6_379 },
      { host: 'all', port: 6_379 },
    ];
    expect(parseRedisUrl('redis://all,all')).toEqual({ ...plain, kind: 'cluster', nodes });
  });

  it('names Sentinels, and what they call the primary', () => {
    expect(parseRedisUrl('redis+sentinel://one,two:26380,[::1]/my-master.1')).toEqual({
      ...plain,
      kind: 'sentinel',
      sentinels: [
        { host: 'one', port: 26_379 },
        { host: 'two', port: 26_380 },
        { host: '::1', port: 26_379 },
      ],
      sentinelCredentials: {},
      name: 'my-master.1',
    });
  });

  it.each(['rediss://one', 'rediss://one,two', 'rediss+sentinel://one/mymaster'])(
    'asks for TLS: %s',
    (url) => expect(parseRedisUrl(url)).toMatchObject({ tls: true }),
  );

  it.each([
    'redis://u%40x:p%2C%2F%25+ss@one',
    'redis://u%40x:p%2C%2F%25+ss@one,two',
    'redis://u%40x:p%2C%2F%25+ss@one,redis://u%40x:p%2C%2F%25+ss@two',
    'redis+sentinel://u%40x:p%2C%2F%25+ss@one,two/mymaster',
  ])('has a user and a password for all nodes: %s', (url) => {
    const credentials = { username: 'u@x', password: 'p,/%+ss' };
    expect(parseRedisUrl(url)).toMatchObject({ credentials });
  });

  it('has a password of their own for the Sentinels', () => {
    const query = 'sentinelUsername=w%40tch&sentinelPassword=a+b%2F%25';
    expect(parseRedisUrl(`redis+sentinel://:data@one/mymaster?${query}`)).toMatchObject({
      credentials: { password: 'data' },
      sentinelCredentials: { username: 'w@tch', password: 'a+b/%' },
    });
  });
});

describe('an address that is none', () => {
  it.each([
    ['', /must be an address such as/],
    ['localhost:6379', /must be an address such as/],
    ['http://:s3cr@localhost', /must be an address such as/],
    ['redis://', /must be an address such as/],
    ['redis:///2', /must be an address such as/],
    ['redis://:s3cr@one:seven', /must be an address such as/],
    ['redis://:s3cr@one:70000', /must be an address such as/],
    ['redis://:s3cr@one,,two', /must be an address such as/],
    ['redis://:s3/cr@one', /must be an address such as.*%2F/],
    ['redis://:1#s3cr@one', /must be an address such as.*%23/],
    ['redis://u:1,s3cr@one', /one user and password .* %2C/],
    ['redis://u:s3cr@one,u:other@two', /one user and password/],
    ['redis://u:s3cr%@one', /must have its user and password percent-encoded/],
    ['redis://:s3cr@one,rediss://two', /must have the same scheme/],
    ['redis+sentinel://:s3cr@one/mymaster,two', /before the first single slash/],
    ['redis://:s3cr@one/mymaster', /number of a database/],
    ['redis://:s3cr@one?family=6', /must have no question mark/],
    ['redis://:s3cr@one,two/2', /must name no database/],
    ['redis+sentinel://:s3cr@one,two', /must end in the name of the primary/],
    ['redis+sentinel://:s3cr@one/my/master', /must end in the name of the primary/],
    ['redis+sentinel://one/m?password=s3cr', /sentinelUsername and sentinelPassword/],
  ])('is refused with the rule it breaks, and not repeated: %j', (url, message) => {
    const connect = (): unknown => connectRedis({ url, role: 'producer' });
    expect(connect).toThrow(InputError);
    expect(connect).toThrow(message);
    expect(connect).toThrow(/^The address of Redis must(?!.*s3)/);
  });
});
