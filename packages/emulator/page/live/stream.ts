import type { Snapshot } from '../../src/chat/snapshot.ts';
import type { EmulatorChange } from '../../src/state/state.ts';

export interface StreamListener {
  readonly connected: (connected: boolean) => void;
  readonly snapshot: (snapshot: Snapshot) => void;
  readonly change: (change: EmulatorChange) => void;
}

const RECONNECT_MS = 1000;

/** Listens for ever; the browser connects again by itself, and here when it gave up. */
export function listen(listener: StreamListener): void {
  const source = new EventSource('/chat/events');
  const read = (event: MessageEvent<string>): unknown => JSON.parse(event.data);
  source.addEventListener('open', () => listener.connected(true));
  source.addEventListener('snapshot', (event) => listener.snapshot(read(event) as Snapshot));
  source.addEventListener('change', (event) => listener.change(read(event) as EmulatorChange));
  source.addEventListener('error', () => {
    listener.connected(false);
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => listen(listener), RECONNECT_MS);
  });
}
