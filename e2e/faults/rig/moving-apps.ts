import { join } from 'node:path';
import {
  createGuard,
  freePort,
  poll,
  repositoryFolder,
  runCommand,
  startChild,
  type Child,
  type Environment,
} from '@bot/dev';
import { Redis } from 'ioredis';
import { saidOnce } from '../../src/allowed-repeats.ts';
import { countAnswers, said, type Answers } from '../../src/answers.ts';
import { startLocalStack, type LocalStack } from '../../src/local-stack.ts';
import { createCrowd, Writing, type Crowd } from './crowd.ts';

/** As docs/more-shards.md has it, from 2 to 5. */
const before = { QUEUE_SHARDS: '2', QUEUE_SHARDS_NEXT: '' };
export const meanwhile: typeof before = { QUEUE_SHARDS: '2', QUEUE_SHARDS_NEXT: '5' };
export const afterwards: typeof before = { QUEUE_SHARDS: '5', QUEUE_SHARDS_NEXT: '' };

const TWO_DAYS_MS = 49 * 60 * 60 * 1_000;

type End = 'SIGTERM' | 'SIGKILL';

/** A process that nobody restarts. */
export interface LeftOver {
  readonly child: Child;
  readonly url: string;
}

/** What `bot move-shards` ended with, and said. */
export interface Moved {
  readonly code: number | null;
  readonly kind: string;
}

/** The apps while the number of shards changes, and people who write to them all the while. */
export class MovingApps {
  readonly local: LocalStack;
  readonly #answers: Answers;
  readonly #crowd: Crowd;
  readonly #environment: Record<string, string | undefined>;
  readonly #leftOver: (() => Promise<unknown>)[] = [];
  readonly #writing: Writing;

  private constructor(local: LocalStack, environment: Record<string, string | undefined>) {
    this.local = local;
    this.#answers = countAnswers(local.emulator);
    this.#crowd = createCrowd(local.emulator);
    this.#environment = environment;
    this.#writing = new Writing(this.#crowd);
  }

  static async start(): Promise<MovingApps> {
    // Read anew at each start of an app.
    const environment = { ...process.env, ...before };
    return new MovingApps(await startLocalStack({ workers: 2, environment }), environment);
  }

  async close(): Promise<void> {
    await this.#writing.stop();
    for (const end of this.#leftOver) await end();
    await this.local.stack.close();
  }

  get #variables(): Environment {
    const { stack, emulator } = this.local;
    return {
      ...this.#environment,
      REDIS_URL: stack.redisUrl,
      GRAPH_API_URL: emulator.url,
      APP_SECRET: stack.credentials.appSecret,
      VERIFY_TOKEN: stack.credentials.verifyToken,
      PAGE_ACCESS_TOKEN: stack.credentials.pageAccessToken,
    };
  }

  /** Messages of each person. */
  get rounds(): number {
    return this.#writing.rounds;
  }

  /** Resolves once so many more answers have come. */
  seeAnswers(more: number): Promise<void> {
    return this.#answers.wait(this.#answers.count + more, AbortSignal.timeout(30_000));
  }

  async restart(app: 'webhook' | 'worker', end: End, index = 0): Promise<void> {
    await this.seeAnswers(100);
    await this.local.stack.kill(app, end, index);
    await this.local.stack.restart(app, index);
  }

  async restartAll(end: End): Promise<void> {
    await this.restart('worker', end, 0);
    await this.restart('webhook', end);
    await this.restart('worker', end, 1);
  }

  /** Every process anew, with other variables, one after the other. */
  async rollOut(variables: typeof before, end: End): Promise<void> {
    Object.assign(this.#environment, variables);
    await this.restartAll(end);
  }

  async leaveOver(app: 'webhook' | 'worker'): Promise<LeftOver> {
    const port = await freePort();
    const guard = createGuard();
    this.#leftOver.push(() => guard.close());
    const child = await startChild({
      name: `${app} that is left over`,
      command: process.execPath,
      args: [join(repositoryFolder, 'apps', app, 'dist', 'main.js')],
      env: { ...this.#variables, PORT: String(port), HOST: '127.0.0.1' },
      guard,
    });
    this.#leftOver.unshift(() => child.stop());
    const url = `http://127.0.0.1:${port}`;
    const isReady = (): Promise<boolean> =>
      fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
    if (!(await poll(isReady, { timeoutMs: 10_000, everyMs: 50 }))) {
      throw new Error(`The ${app} does not start: ${child.tail().join('\n')}`);
    }
    return { child, url: `${url}/webhook` };
  }

  async #moveShards(): Promise<Moved> {
    const bot = join(repositoryFolder, 'apps', 'worker', 'dist', 'bot.js');
    const environment = this.#variables;
    const { code, output } = await runCommand([process.execPath, bot, 'move-shards', '--json'], {
      environment,
    });
    const { kind } = JSON.parse(output) as { kind: string };
    return { code, kind };
  }

  /** Until nothing is in its old shard any more, and then, as if two days had passed, once more. */
  async moveAll(): Promise<Moved[]> {
    let moved: Moved;
    do moved = await this.#moveShards();
    while (moved.kind === 'moving');
    await this.seeAnswers(300);
    await this.#ask((redis) =>
      redis.hset('{bot:0}:clock', 'layout', `2>5@${Date.now() - TWO_DAYS_MS}`),
    );
    return [moved, await this.#moveShards()];
  }

  /** Ends the writing, and resolves once all is answered, or nothing more comes. */
  async settle(): Promise<void> {
    await this.#writing.stop();
    const all = async (): Promise<boolean> =>
      this.answersOnce().every(({ length }) => length >= this.rounds);
    await poll(all, { timeoutMs: 60_000, everyMs: 100 });
    await this.local.emulator.idle(AbortSignal.timeout(10_000));
  }

  /** What each person was told. */
  answers(): string[][] {
    return this.#crowd.people.map((psid) => said(this.local.emulator, psid, 'in'));
  }

  /** The same, without what P4 allows to be said again. */
  answersOnce(): string[][] {
    return this.#crowd.people.map((psid) => saidOnce(this.local.emulator.state, psid));
  }

  /** Turns that each shard has seen. */
  async turns(): Promise<number[]> {
    const turns = await this.#ask((redis) =>
      Promise.all([0, 1, 2, 3, 4].map((shard) => redis.hget(`{bot:${shard}}:tallies`, 'turns'))),
    );
    return turns.map(Number);
  }

  async #ask<Answer>(question: (redis: Redis) => Promise<Answer>): Promise<Answer> {
    const redis = new Redis(this.local.stack.redisUrl);
    const answer = await question(redis);
    redis.disconnect();
    return answer;
  }
}
