import { once } from 'node:events';
import { createConnection } from 'node:net';
import type { EffectRequest } from './books.ts';
import type { SinkSays, Told } from './sink.ts';
import { onLines, sendLine } from './wire.ts';

/** The outside world as a process of the run sees it: its connection to the sink. */
export interface Outside {
  /** Resolves when the run begins, with that moment, in milliseconds since 1970. */
  readonly begun: Promise<number>;
  /** Resolves when it is carried out; rejects, with an unknown outcome, when the sink is lost. */
  carryOut(effect: EffectRequest): Promise<void>;
  tell(told: Told): void;
  /** Resolves when everything told has been written. */
  close(): Promise<void>;
}

export async function connectOutside(port: number, name: string): Promise<Outside> {
  const socket = createConnection({ port, host: '127.0.0.1', noDelay: true });
  const open = new Map<number, PromiseWithResolvers<void>>();
  const begun = Promise.withResolvers<number>();
  let calls = 0;
  await once(socket, 'connect');
  onLines(socket, (line) => {
    const said = line as SinkSays;
    if (said.kind === 'begin') return begun.resolve(said.at);
    open.get(said.call)?.resolve();
    open.delete(said.call);
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    for (const { reject } of open.values()) reject(new Error('The connection to the sink broke.'));
    open.clear();
  });
  const tell = (told: Told): void => sendLine(socket, told);
  tell({ kind: 'hello', name });
  return {
    begun: begun.promise,
    tell,
    carryOut(effect) {
      const answered = Promise.withResolvers<void>();
      calls += 1;
      open.set(calls, answered);
      tell({ kind: 'effect', call: calls, effect });
      return answered.promise;
    },
    async close() {
      if (socket.destroyed) return;
      socket.end();
      await once(socket, 'close');
    },
  };
}
