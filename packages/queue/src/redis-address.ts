/** One server: a Redis, a node of a Cluster, or a Sentinel. */
interface RedisHost {
  readonly host: string;
  readonly port: number;
}

/** How to enter; absent for the user `default` and no password. */
interface RedisCredentials {
  readonly username?: string;
  readonly password?: string;
}

/** Where Redis is, read from its address. */
export type RedisAddress = { readonly tls: boolean; readonly credentials: RedisCredentials } & (
  | { readonly kind: 'single'; readonly node: RedisHost; readonly database: number }
  | { readonly kind: 'cluster'; readonly nodes: readonly RedisHost[] }
  | {
      readonly kind: 'sentinel';
      readonly sentinels: readonly RedisHost[];
      readonly sentinelCredentials: RedisCredentials;
      /** The name under which the Sentinels watch over the primary. */
      readonly name: string;
    }
);

interface RefusedAddress {
  readonly kind: 'refused';
  readonly rule: string;
}

const FORMS =
  'must be an address such as redis://localhost:6379, rediss://user:password@host:6379, several separated by commas for a Cluster, or redis+sentinel://host1:26379,host2:26379/name; signs such as @ / # , in a password are written %40 %2F %23 %2C.';

/**
 * What an address must be and is not, for {@link connectRedis} to take it; undefined when it takes
 * it. Begins with `must` and does not repeat the address, which may hold a password.
 *
 * @example
 * const rule = redisUrlRule(process.env.REDIS_URL);
 * if (rule !== undefined) throw new Error(`REDIS_URL ${rule}`);
 */
export function redisUrlRule(url: string): string | undefined {
  const address = parseRedisUrl(url);
  return address.kind === 'refused' ? address.rule : undefined;
}

/** Reads an address in one of the forms that {@link connectRedis} takes. */
export function parseRedisUrl(url: string): RedisAddress | RefusedAddress {
  const urls = splitAddresses(url);
  const first = urls[0];
  const last = urls.at(-1);
  if (!first || !last) return { kind: 'refused', rule: FORMS };
  const rule = ruleBrokenBy(urls, first, last);
  if (rule !== undefined) return { kind: 'refused', rule };

  const common = {
    tls: first.protocol.startsWith('rediss'),
    credentials: credentialsOf(
      decodeURIComponent(first.username),
      decodeURIComponent(first.password),
    ),
  };
  if (isSentinel(first)) {
    const read = sentinelQuery(last);
    return {
      ...common,
      kind: 'sentinel',
      sentinels: urls.map((each) => hostOf(each, 26_379)),
      sentinelCredentials: credentialsOf(
        read.get('sentinelUsername') ?? '',
        read.get('sentinelPassword') ?? '',
      ),
      name: last.pathname.slice(1),
    };
  }
  const nodes = urls.map((each) => hostOf(each, 6_379));
  const [node] = nodes;
  return node && nodes.length === 1
    ? { ...common, kind: 'single', node, database: Number(last.pathname.slice(1)) }
    : { ...common, kind: 'cluster', nodes };
}

/** Each address for itself, the first one's scheme before those that have none; [] for none. */
function splitAddresses(text: string): URL[] {
  const [scheme] = /^rediss?(\+sentinel)?:\/\//.exec(text) ?? [];
  if (scheme === undefined) return [];
  const parts = text.split(',').map((part) => part.trim());
  const urls = parts.map((part) => URL.parse(part.includes('://') ? part : `${scheme}${part}`));
  return urls.includes(null) ? [] : urls.filter((each) => each !== null);
}

function ruleBrokenBy(urls: readonly URL[], first: URL, last: URL): string | undefined {
  const { protocol, username, password } = first;
  if (urls.some((each) => each.hostname === '' || each.hash !== '')) return FORMS;
  if (urls.some((each) => each.protocol !== protocol)) {
    return 'must have the same scheme before each of its nodes.';
  }
  const isOther = (each: URL): boolean => each.username !== username || each.password !== password;
  if (urls.some((each) => `${each.username}${each.password}` !== '' && isOther(each))) {
    return 'must have one user and password for all nodes, written before the first; a comma in a password is written %2C.';
  }
  if (!isDecodable(username) || !isDecodable(password)) {
    return 'must have its user and password percent-encoded; a % is written %25.';
  }
  if (urls.some((each) => each !== last && /[^/]/.test(`${each.pathname}${each.search}`))) {
    return 'must name all of its nodes before the first single slash.';
  }
  if (isSentinel(first)) return sentinelRuleBrokenBy(last);
  if (last.search !== '') return 'must have no question mark and nothing behind it.';
  if (urls.length > 1 && !/^\/?0?$/.test(last.pathname)) {
    return 'must name no database: a Cluster has only number 0.';
  }
  return /^(\/\d*)?$/.test(last.pathname)
    ? undefined
    : 'must have nothing but the number of a database behind the host, as in redis://host:6379/2.';
}

function sentinelRuleBrokenBy(last: URL): string | undefined {
  // What Sentinel itself allows in a name.
  if (!/^\/[\w.-]+$/.test(last.pathname)) {
    return 'must end in the name of the primary, as in redis+sentinel://host1:26379,host2:26379/mymaster.';
  }
  const known = ['sentinelUsername', 'sentinelPassword'];
  return [...sentinelQuery(last).keys()].every((key) => known.includes(key))
    ? undefined
    : `must have nothing but ${known.join(' and ')} behind the question mark.`;
}

const isSentinel = ({ protocol }: URL): boolean => protocol.endsWith('+sentinel:');

/** A plus is a plus: passwords in base64 have them. */
const sentinelQuery = ({ search }: URL): URLSearchParams =>
  new URLSearchParams(search.replaceAll('+', '%2B'));

function hostOf({ hostname, port }: URL, otherwise: number): RedisHost {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return { host, port: port === '' ? otherwise : Number(port) };
}

function credentialsOf(username: string, password: string): RedisCredentials {
  return {
    ...(username === '' ? {} : { username }),
    ...(password === '' ? {} : { password }),
  };
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
