/** Being asked to stop, in whichever way. */
export interface StopRequests {
  /** Aborts at the first Ctrl-C, SIGTERM, closed terminal, or death of the launcher. */
  readonly signal: AbortSignal;
  /** Lets the process end by itself: the channel to the launcher would keep it alive. */
  release(): void;
}

/** From now on a request to stop does not end this process; it aborts the signal, once. */
export function listenForStop(): StopRequests {
  const stopping = new AbortController();
  for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) {
    process.on(event, () => stopping.abort());
  }
  return {
    signal: stopping.signal,
    release() {
      if (process.connected) process.disconnect();
    },
  };
}
