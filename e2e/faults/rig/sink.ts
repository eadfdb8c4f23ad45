import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { emptyBooks, type Books, type Effect, type EffectRequest, type Refused } from './books.ts';
import { onLines, sendLine } from './wire.ts';

/** What a process tells the sink; a `hello` with its name comes first. */
export type Told =
  | { readonly kind: 'hello'; readonly name: string }
  | { readonly kind: 'effect'; readonly call: number; readonly effect: EffectRequest }
  | {
      readonly kind: 'stepped';
      readonly stepId: string;
      readonly turn: string;
      readonly journaled: boolean;
    }
  | { readonly kind: 'handled'; readonly lane: string; readonly seq: number }
  | { readonly kind: 'harm'; readonly lane: string; readonly seq: number }
  | {
      readonly kind: 'acked';
      readonly ids: readonly string[];
      readonly duplicates: number;
      readonly tookMs: number;
    }
  | {
      readonly kind: 'refused';
      readonly why: Refused['kind'];
      readonly events: number;
      readonly tookMs: number;
    }
  | { readonly kind: 'weakened'; readonly guard: string };

/** What the sink tells a process: that an effect is carried out, and once when the run begins. */
export type SinkSays =
  | { readonly kind: 'carried-out'; readonly call: number }
  | { readonly kind: 'begin'; readonly at: number };

export interface SinkOptions {
  /** From an effect's arrival to its answer. Default 20 ms. */
  readonly latencyMs?: number;
  /** Told of each effect shortly after it arrived, as Meta echoes what it was sent. */
  readonly confirm?: (effect: Effect) => void;
  /** Default 10 ms. */
  readonly confirmAfterMs?: number;
}

/** The outside world of a run. Made by {@link startSink}. */
export interface Sink {
  readonly port: number;
  readonly books: Books;
  /** Tells all processes, also those that come later, when the run begins: `at`, since 1970. */
  begin(at: number): void;
  /** Resolves when the process of that name has said hello. */
  here(name: string): Promise<void>;
  /** Resolves when its connection has ended and all that it wrote has been read. */
  gone(name: string): Promise<void>;
  /** Effects that arrived from it and of which it has not yet said what became of them. */
  inFlight(name: string): readonly Effect[];
  close(): Promise<void>;
}

interface Peer {
  readonly here: PromiseWithResolvers<void>;
  readonly gone: PromiseWithResolvers<void>;
  /** By turn and step. */
  readonly inFlight: Map<string, Effect>;
}

/** Starts the outside world: a server on 127.0.0.1 that carries effects out and writes books. */
export async function startSink(options: SinkOptions = {}): Promise<Sink> {
  const { latencyMs = 20, confirm, confirmAfterMs = 10 } = options;
  const books = emptyBooks();
  const peers = new Map<string, Peer>();
  const sockets = new Set<Socket>();
  let beginAt: number | undefined;

  function peerOf(name: string): Peer {
    const known = peers.get(name);
    if (known) return known;
    const here = Promise.withResolvers<void>();
    const gone = Promise.withResolvers<void>();
    const peer = { here, gone, inFlight: new Map<string, Effect>() };
    peers.set(name, peer);
    return peer;
  }

  function carryOut(socket: Socket, peer: Peer, effect: Effect, call: number): void {
    books.effects.push(effect);
    peer.inFlight.set(`${effect.turn} ${effect.stepId}`, effect);
    if (confirm) setTimeout(() => confirm(effect), confirmAfterMs);
    setTimeout(() => {
      if (socket.destroyed) return;
      effect.endedAt ??= performance.now();
      sendLine(socket, { kind: 'carried-out', call } satisfies SinkSays);
    }, latencyMs);
  }

  function tellBegin(socket: Socket): void {
    if (beginAt === undefined || socket.destroyed) return;
    sendLine(socket, { kind: 'begin', at: beginAt } satisfies SinkSays);
  }

  function attend(socket: Socket): void {
    let name = '';
    sockets.add(socket);
    socket.setNoDelay();
    // A killed process resets its connection; `close` follows and says all.
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      const peer = peerOf(name);
      for (const effect of peer.inFlight.values()) effect.endedAt ??= performance.now();
      peer.gone.resolve();
    });
    onLines(socket, (message) => {
      const told = message as Told;
      const at = performance.now();
      switch (told.kind) {
        case 'hello':
          name = told.name;
          tellBegin(socket);
          return peerOf(name).here.resolve();
        case 'effect':
          return carryOut(socket, peerOf(name), { ...told.effect, worker: name, at }, told.call);
        case 'stepped':
          if (told.journaled) books.stepped.push({ stepId: told.stepId, turn: told.turn });
          return void peerOf(name).inFlight.delete(`${told.turn} ${told.stepId}`);
        case 'handled':
          return void books.handled.push({ lane: told.lane, seq: told.seq, worker: name, at });
        case 'harm':
          return void books.harms.push({ lane: told.lane, seq: told.seq, worker: name, at });
        case 'acked': {
          const { ids, duplicates, tookMs } = told;
          books.duplicates += duplicates;
          books.added.push({ producer: name, events: ids.length, tookMs, at });
          return ids.forEach((id) => books.acked.set(id, at));
        }
        case 'refused': {
          const { why, events, tookMs } = told;
          return void books.refused.push({ producer: name, kind: why, events, tookMs, at });
        }
        case 'weakened':
          return void books.weakened.add(told.guard);
      }
    });
  }

  const server: Server = createServer(attend).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    books,
    begin(at) {
      beginAt = at;
      for (const socket of sockets) tellBegin(socket);
    },
    here: (name) => peerOf(name).here.promise,
    gone: (name) => peerOf(name).gone.promise,
    inFlight: (name) => [...peerOf(name).inFlight.values()],
    async close() {
      if (!server.listening) return;
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
