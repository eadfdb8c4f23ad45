import { join } from 'node:path';
import { delay, startChild, type Child, type ChildExit, type Guard } from '@bot/dev';
import type { Effect } from './books.ts';
import type { ProducerOrders, WorkerOrders } from './orders.ts';
import type { Sink } from './sink.ts';

/** One place among the workers or the producers; its process is another one after a restart. */
export interface Member {
  readonly role: 'worker' | 'producer';
  readonly index: number;
  /** Processes it has had so far. */
  runs: number;
}

/** Of the process that runs now, or ran last: `worker-0.2`. */
export function processName({ role, index, runs }: Member): string {
  return `${role}-${index}.${runs}`;
}

/** A process that was ended or frozen, and what it was about. */
export interface Interruption {
  readonly member: Member;
  /** Name of the process. */
  readonly name: string;
  /** What it was sent; `crash` when it ended by itself. */
  readonly signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'crash';
  readonly at: number;
  readonly exit?: ChildExit;
  /** Effects that it had begun and of which nobody knew that they are in the journal. */
  readonly inFlight: readonly Effect[];
}

/** How a process is started. */
export interface StartOptions {
  readonly ordersOf: (name: string) => WorkerOrders | ProducerOrders;
  /** Of Node. */
  readonly flags?: readonly string[];
  /** Whether another one is started at once when it ends by itself; else that is a failure. */
  readonly revived?: boolean;
}

/** The processes of a run. */
export class Crew {
  readonly interruptions: Interruption[] = [];
  readonly #sink: Sink;
  readonly #guard: Guard;
  readonly #running = new Map<string, Child>();
  readonly #failures: string[] = [];
  /** What is done, or will be, about processes that end by themselves. */
  readonly #followUps = new Set<Promise<void>>();
  #closed = false;

  constructor(sink: Sink, guard: Guard) {
    this.#sink = sink;
    this.#guard = guard;
  }

  /** Starts a new process for the member; resolves once it has reached the sink. */
  async start(member: Member, how: StartOptions): Promise<void> {
    if (this.#closed) return;
    member.runs += 1;
    const name = processName(member);
    const { ordersOf, flags = [] } = how;
    const child = await startChild({
      name,
      command: process.execPath,
      args: [...flags, '--conditions=@bot/source', join(import.meta.dirname, `${member.role}.ts`)],
      env: {},
      // Over standard input: arguments can be read by every user, and Redis has a password.
      input: JSON.stringify(ordersOf(name)),
      guard: this.#guard,
    });
    this.#running.set(name, child);
    const ended = this.#unaskedEnd(name, child);
    const here = this.#sink.here(name).then(() => true);
    const begun = await Promise.race([here, ended.then(() => false)]);
    const answerEnd = async (): Promise<void> => {
      const exit = await ended;
      if (exit === undefined) return;
      if (begun && how.revived) await this.#revive(member, name, exit, how);
      else this.#failures.push(`${name} ended by itself:\n${child.tail().join('\n')}`);
    };
    if (begun) this.#follow(answerEnd());
    else await answerEnd();
    this.assertWell();
  }

  /** @throws when the member does not run. */
  pid(member: Member): number {
    return this.#runningChild(processName(member)).pid;
  }

  isRunning(member: Member): boolean {
    return this.#running.has(processName(member));
  }

  /** Ends the member's process and waits until everything it wrote has been read. */
  async end(member: Member, signal: 'SIGKILL' | 'SIGTERM'): Promise<Interruption> {
    const name = processName(member);
    const child = this.#runningChild(name);
    const at = performance.now();
    const exit = await child.kill(signal);
    await this.#sink.gone(name);
    return this.#note({ member, name, signal, at, exit, inFlight: this.#sink.inFlight(name) });
  }

  /** Stops the member's process in whatever it does, and lets it go on after `ms`. */
  async freeze(member: Member, ms: number): Promise<Interruption> {
    const name = processName(member);
    const { pid } = this.#runningChild(name);
    const at = performance.now();
    process.kill(pid, 'SIGSTOP');
    await delay(ms);
    // By now everything that it had written has been read.
    const inFlight = this.#sink.inFlight(name);
    process.kill(pid, 'SIGCONT');
    return this.#note({ member, name, signal: 'SIGSTOP', at, inFlight });
  }

  /** Effects that the processes have begun and of which nobody knows what became. */
  inFlight(): Effect[] {
    return [...this.#running.keys()].flatMap((name) => this.#sink.inFlight(name));
  }

  /** @throws with its last lines when a process ended that nobody had asked to. */
  assertWell(): void {
    if (this.#failures.length > 0) throw new Error(this.#failures.join('\n'));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#running.values()].map((child) => child.kill('SIGKILL')));
    await Promise.all(this.#followUps);
  }

  /** Answers nothing when somebody asked for it, or when the process was through. */
  async #unaskedEnd(name: string, child: Child): Promise<ChildExit | undefined> {
    const exit = await child.exited;
    this.#running.delete(name);
    return exit.code === 0 || exit.expected ? undefined : exit;
  }

  async #revive(member: Member, name: string, exit: ChildExit, how: StartOptions): Promise<void> {
    const at = performance.now();
    await this.#sink.gone(name);
    const inFlight = this.#sink.inFlight(name);
    this.#note({ member, name, signal: 'crash', at, exit, inFlight });
    await this.start(member, how);
  }

  #follow(what: Promise<void>): void {
    const followed = what
      .catch((error: unknown) => void this.#failures.push(String(error)))
      .finally(() => this.#followUps.delete(followed));
    this.#followUps.add(followed);
  }

  #runningChild(name: string): Child {
    this.assertWell();
    const child = this.#running.get(name);
    if (!child) throw new Error(`${name} does not run.`);
    return child;
  }

  #note(interruption: Interruption): Interruption {
    this.interruptions.push(interruption);
    return interruption;
  }
}
