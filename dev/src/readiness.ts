import { type Child, describeExit } from './child.ts';
import { poll } from './clock.ts';
import { SetupError } from './setup-error.ts';

const READY_MS = 30_000;
const ANSWER_MS = 1_000;

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * Waits until the process answers 2xx at the address.
 *
 * @throws SetupError when it ends before, with its last line, or does not answer within 30 s.
 */
export async function untilReady(child: Child, url: string, signal?: AbortSignal): Promise<void> {
  let exit: string | undefined;
  void child.exited.then((ended) => (exit = describeExit(child.name, ended)));
  const ready = await poll(async () => exit !== undefined || (await answers(url)), {
    timeoutMs: READY_MS,
    everyMs: 25,
    signal,
  });
  if (exit !== undefined) throw new SetupError(`${exit}: ${lastLine(child)}`);
  if (!ready) throw new SetupError(`${child.name} does not answer at ${url}: ${lastLine(child)}`);
}

function lastLine(child: Child): string {
  return child.tail().findLast((line) => line.trim() !== '') ?? 'it said nothing';
}
