import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

/** What the examples of each package take for granted. */
const given = {
  'graph-client': `
import * as client from '@bot/graph-client';
declare global {
  const createGraphClient: typeof client.createGraphClient;
  const defaultPipeline: typeof client.defaultPipeline;
  const classify: typeof client.classify;
  const PAGE_INBOX_APP_ID: string;
  type Middleware = client.Middleware;
  const graph: client.GraphClient;
  const pageAccessToken: string, appSecret: string, verifyToken: string, pageId: string;
  const psid: string, mid: string, text: string, labelId: string, stepId: string;
  const first: string, second: string, timestamp: number, body: Uint8Array;
  const query: Record<string, unknown>, headers: Record<string, string | undefined>;
  function reply(status: number, body?: string): void;
  function waitForEcho(step: string): Promise<void>;
  function tryAgainIn(ms: number): Promise<void>;
  const histogram: { record(ms: number, attributes: object): void };
}
`,
  queue: `
import * as pkg from '@bot/queue';
declare global {
  const createQueue: typeof pkg.createQueue, createWorker: typeof pkg.createWorker;
  const connectRedis: typeof pkg.connectRedis;
  const guardEventLoop: typeof pkg.guardEventLoop;
  const redis: pkg.RedisConnection, queue: pkg.Queue, handle: pkg.Handle;
  const newsletter: pkg.QueueEvent[], reminder: pkg.QueueEvent;
  const bot: { handle: pkg.Handle };
  const url: string, lane: string, reference: string, paymentId: string;
  function greet(lane: string, options: { reference: string }): Promise<void>;
  function pay(order: { amount: number; reference: string }): Promise<{ paymentId: string }>;
  function stop(reason: string): void;
  function span(name: string, attributes: object): void;
  const histogram: { record(ms: number, attributes: object): void };
  const log: Record<'warn' | 'error', (fields: object, message: string) => void>;
}
`,
  history: `
import * as pkg from '@bot/history';
import type { Bot, BotEvent, TurnPorts } from '@bot/handlers';
import type { Handle } from '@bot/queue';
declare global {
  const createHistoryWriter: typeof pkg.createHistoryWriter;
  const openHistory: typeof pkg.openHistory;
  const createTurnHistory: typeof pkg.createTurnHistory, openDatabase: typeof pkg.openDatabase;
  const createReports: typeof pkg.createReports, sql: typeof pkg.sql;
  const redis: pkg.HistoryRedis, database: pkg.HistoryDatabase, systemClock: pkg.Clock;
  const recorder: pkg.Recorder, writer: pkg.HistoryWriter, history: pkg.History;
  const bot: Bot, ports: Omit<TurnPorts, 'step' | 'signal' | 'history'>;
  const pageId: string, psid: string;
  const file: { write(line: string): void };
  const log: Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>;
  function createWorker(how: { redis: unknown; handle: Handle }): unknown;
  type BotEvent = import('@bot/handlers').BotEvent;
}
`,
  handlers: `
import * as pkg from '@bot/handlers';
import * as vitest from 'vitest';
declare global {
  const createBot: typeof pkg.createBot, isPageTrouble: typeof pkg.isPageTrouble;
  const bot: pkg.Bot, expect: typeof vitest.expect, event: pkg.BotEvent;
  const payloadSecret: string;
  const redis: unknown, handle: unknown;
  function createWorker(how: {
    redis: unknown;
    handle: unknown;
    retry: { isOutage: (error: unknown) => boolean };
  }): unknown;
  const graph: { profile: pkg.ProfilePort };
  const { step, signal, sender, clock, sessions, scheduler, waiting, givesUp }: pkg.TurnPorts;
}
`,
  nlp: `
import type { Bot, Clock } from '@bot/handlers';
import * as webhook from '@bot/graph-client/webhook';
import * as pkg from '@bot/nlp/model';
declare global {
  const timestamp: number, event: webhook.TextEvent;
  const clock: Clock, bot: Bot, apiKey: string;
  const redis: pkg.BudgetRedis, database: pkg.PassageDatabase;
  const model: pkg.GuardedModel, passages: pkg.Passages;
  const log: ((fields: object) => void) & Record<'error', (fields: object, message: string) => void>;
  function callStaff(conversation: string, because: string): Promise<void>;
  function ordersOf(conversation: string): Promise<{ id: string; state: string }[]>;
}
`,
} as const;

/** A module of its own: its imports, and the rest where `await` and `return` are at home. */
function moduleOf(code: string): string {
  const imports = /^import [\s\S]*?;\n/gm;
  const lifted = (code.match(imports) ?? []).join('');
  return `${lifted}export async function example() {\n${code.replaceAll(imports, '')}}\n`;
}

/** What the compiler has against each example of a package's README. */
function check(name: keyof typeof given): { examples: number; problems: unknown[] } {
  const root = join(import.meta.dirname, 'packages', name);
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const examples = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code);
  const files = new Map([
    [join(root, 'src', 'given.ts'), given[name]],
    ...examples.map(
      (code, index) => [join(root, 'src', `example-${index}.ts`), moduleOf(code)] as const,
    ),
  ]);
  const { config } = ts.readConfigFile(join(import.meta.dirname, 'tsconfig.base.json'), (path) =>
    readFileSync(path, 'utf8'),
  ) as { config: { compilerOptions: object } };
  const { options } = ts.convertCompilerOptionsFromJson(
    {
      ...config.compilerOptions,
      isolatedDeclarations: false,
      noUnusedLocals: false,
      noUnusedParameters: false,
    },
    root,
  );
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.fileExists = (path) => files.has(path) || fileExists(path);
  const program = ts.createProgram([...files.keys()], options, host);
  const problems = [...files.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    return ts.getPreEmitDiagnostics(program, file);
  });
  return {
    examples: examples.length,
    problems: problems.map(({ messageText, file }) => [
      ts.flattenDiagnosticMessageText(messageText, ' '),
      file?.text,
    ]),
  };
}

it.each([
  ['graph-client', 9],
  ['queue', 9],
  ['handlers', 9],
  ['nlp', 10],
  ['history', 9],
] as const)(
  'packages/%s has a README whose examples, at least %i, compile',
  { timeout: 60_000 },
  (name, least) => {
    const { examples, problems } = check(name);
    expect(examples).toBeGreaterThanOrEqual(least);
    expect(problems).toEqual([]);
  },
);
