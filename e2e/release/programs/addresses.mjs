/** Addresses as they stand in a README lead to this machine, those of the internet nowhere. */
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';

const ports = new Map();
const connect = net.connect;

/** From now on `localhost:6379` and the like is that port of 127.0.0.1. */
export function redirect(address, port) {
  ports.set(address, Number(port));
}

net.connect = net.createConnection = (options, ...rest) => {
  const port = ports.get(`${options.host}:${options.port}`);
  return port === undefined
    ? connect(options, ...rest)
    : connect({ ...options, host: '127.0.0.1', port }, ...rest);
};

// Without TLS: what listens on this machine speaks none.
tls.connect = ({ host, port }) => {
  const target = ports.get(`${host}:${port}`);
  if (target === undefined) throw new Error(`An example would reach ${host}`);
  const socket = connect({ host: '127.0.0.1', port: target });
  return socket.once('connect', () => socket.emit('secureConnect'));
};

syncBuiltinESMExports();
