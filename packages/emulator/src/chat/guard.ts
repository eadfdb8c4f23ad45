import { isIP } from 'node:net';

/** The headers that tell who is asking. */
export interface Asking {
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

/**
 * True when a request comes from the chat page itself or from no page at all.
 *
 * A strange page cannot forge `Origin`; a strange name that points at this machine shows in
 * `Host`, whereas an address or `localhost` cannot be pointed elsewhere.
 */
export function isOwnPage(asking: Asking, listeningOn: string): boolean {
  const own = URL.parse(`http://${asking.host ?? ''}`);
  if (own === null || asking.host === undefined) return false;
  const name = own.hostname.replace(/^\[(.*)\]$/, '$1');
  if (name !== 'localhost' && name !== listeningOn && isIP(name) === 0) return false;
  return asking.origin === undefined || asking.origin === own.origin;
}
