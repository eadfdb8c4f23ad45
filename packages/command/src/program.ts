import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { Context, Verdict } from './context.ts';
import { listDeadLetters, showDeadLetter } from './dead-letters.ts';
import type { FileContext } from './intents.ts';
import { showLane } from './lanes.ts';
import { syncMenus } from './menu.ts';
import { moveShards } from './move-shards.ts';
import { checkPages } from './pages.ts';
import { dropDeadLetters, replayDeadLetters, type Chosen } from './replay.ts';
import { showStatus } from './status.ts';
import type { Terminal } from './terminal.ts';

/** What the arguments ask for. */
export type Asked =
  | { readonly kind: 'work'; readonly json: boolean; readonly work: Work }
  /** Needs neither Redis nor a variable. */
  | { readonly kind: 'files'; readonly json: boolean; readonly work: FileWork }
  /** Help, and it was shown. */
  | { readonly kind: 'shown' }
  | { readonly kind: 'wrong'; readonly reason: string };

type Work = (context: Context) => Promise<Verdict>;
type FileWork = (context: FileContext) => Promise<Verdict>;
type Choose = (options: { readonly json?: boolean }, work: Work) => void;
type ChooseFiles = (options: { readonly json?: boolean }, work: FileWork) => void;

/** Reads the arguments; nothing is done yet. */
export function readArguments(
  args: readonly string[],
  terminal: Pick<Terminal, 'out' | 'columns' | 'ask'>,
): Asked {
  let asked: Asked = { kind: 'wrong', reason: NO_COMMAND };
  const program = new Command('bot')
    .description('Looks into the queue, the Pages and the menu, and mends them.')
    .addHelpText('after', EXIT_CODES)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: () => {},
      getOutHelpWidth: () => terminal.columns ?? 80,
      getOutHasColors: () => false,
    });
  const choose: Choose = ({ json = false }, work) => (asked = { kind: 'work', json, work });
  const chooseFiles: ChooseFiles = ({ json = false }, work) =>
    (asked = { kind: 'files', json, work });
  addStatus(program, choose);
  addDeadLetters(program, choose, { canAsk: terminal.ask !== undefined });
  addLanes(program, choose);
  addMoveShards(program, choose);
  addPages(program, choose);
  addMenu(program, choose);
  addIntents(program, chooseFiles);
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? { kind: 'shown' } : { kind: 'wrong', reason: reasonOf(error) };
  }
  return asked;
}

const EXIT_CODES =
  '\nEnds with 0 when all is well, 1 when something needs a person, 2 when the usage or a variable is wrong.';
const NO_COMMAND = 'Name a command.';
const WORDS = 'show what people wrote as well: personal data';

function reasonOf({ code, message }: CommanderError): string {
  // A group without one of its commands would show its help, and says only "(outputHelp)".
  if (code === 'commander.help') return NO_COMMAND;
  const [first = '', ...hints] = message.replace(/^error: /, '').split('\n');
  const sentence = `${first.charAt(0).toUpperCase()}${first.slice(1)}`.replace(/\.?$/, '.');
  return [sentence, ...hints].join(' ');
}

/** A command that does something. */
function add(parent: Command, usage: string, does: string, examples: readonly string[]): Command {
  const lines = examples.map((example) => `  bot ${example}`);
  return parent
    .command(usage)
    .description(does)
    .option('--json', 'print one line of JSON, for scripts')
    .addHelpText('after', ['\nExamples:', ...lines].join('\n'));
}

function addStatus(program: Command, choose: Choose): void {
  add(program, 'status', 'Show the queue, Redis and the Pages, and what needs a person.', [
    'status',
    'status --json | jq .queue.deadLetters',
  ]).action((options) => choose(options, showStatus));
}

function addDeadLetters(
  program: Command,
  choose: Choose,
  { canAsk }: { readonly canAsk: boolean },
): void {
  const letters = program
    .command('dead-letters')
    .description('Decide about events that were given up on.');
  add(letters, 'list', 'Show the newest, and why they were given up on.', [
    'dead-letters list --page 100000000000001',
    "dead-letters list --json | jq -r '.deadLetters[].id'",
  ])
    .option('--limit <number>', 'how many at the most', readLimit, 100)
    .option('--page <id>', 'only those of this Page')
    .action((options) => choose(options, (context) => listDeadLetters(context, options)));
  add(letters, 'show <id>', 'Show one: each attempt, and how far its steps are.', [
    'dead-letters show m_abc',
    'dead-letters show m_abc --words',
  ])
    .option('--words', WORDS)
    .action((id, options) => choose(options, (context) => showDeadLetter(context, id, options)));
  add(letters, 'replay [ids...]', 'Put them back into their lanes, with all attempts anew.', [
    'dead-letters replay m_abc m_def',
    'dead-letters replay --page 100000000000001',
    'dead-letters replay --all',
  ])
    .option('--all', 'all of them')
    .option('--page <id>', 'all of this Page')
    .action((ids, options, self: Command) => {
      const chosen = chosenBy(ids, options);
      if (chosen === undefined) self.error('Name ids, or --all, or --page with its id');
      else choose(options, (context) => replayDeadLetters(context, chosen));
    });
  add(letters, 'drop <ids...>', 'Forget them: nobody handles what they hold.', [
    'dead-letters drop m_abc',
    'dead-letters drop m_abc m_def --yes',
  ])
    .option('--yes', 'do not ask')
    .action((ids, options, self: Command) => {
      if (!options.yes && !canAsk) self.error('Drop needs --yes where nobody can be asked');
      choose(options, (context) => dropDeadLetters(context, ids, options));
    });
}

function addLanes(program: Command, choose: Choose): void {
  const lanes = program.command('lanes').description('Look into the lane of a conversation.');
  add(lanes, 'show <id>', 'Show what waits in it; its id is <pageId>:<psid>.', [
    'lanes show 100000000000001:6174920385517204',
    'lanes show 100000000000001:6174920385517204 --words',
  ])
    .option('--words', WORDS)
    .action((id, options) => choose(options, (context) => showLane(context, id, options)));
}

function addMoveShards(program: Command, choose: Choose): void {
  add(
    program,
    'move-shards',
    'Move the lanes to QUEUE_SHARDS_NEXT shards; run it until it is over.',
    ['move-shards', 'move-shards --json | jq -r .kind'],
  ).action((options) => choose(options, moveShards));
}

function addPages(program: Command, choose: Choose): void {
  const pages = program.command('pages').description('See whether the Pages work.');
  add(pages, 'check', "Ask Meta about each Page's token and webhook fields.", [
    'pages check',
    'pages check --repair',
  ])
    .option('--repair', 'subscribe the app to the fields that are missing')
    .action((options) => choose(options, (context) => checkPages(context, options)));
}

function addMenu(program: Command, choose: Choose): void {
  const menu = program
    .command('menu')
    .description('Bring menu, greeting and Get Started from the code to the Pages.');
  add(menu, 'diff', 'Show what would change.', ['menu diff']).action((options) =>
    choose(options, (context) => syncMenus(context, { apply: false })),
  );
  add(menu, 'apply', 'Change it, and show what.', ['menu apply']).action((options) =>
    choose(options, (context) => syncMenus(context, { apply: true })),
  );
}

function addIntents(program: Command, choose: ChooseFiles): void {
  const intents = program
    .command('intents')
    .description('Learn what people mean from a file of examples, and see how well.');
  // Loaded when they are asked for: what they learn with takes longer to load than all other commands.
  add(intents, 'train <examples>', 'Write the model that the bot loads.', [
    'intents train examples.json --out model.json',
  ])
    .requiredOption('--out <file>', 'where the model goes')
    .action((path, options) =>
      choose(options, async (context) => {
        const { trainIntents } = await import('./intents.ts');
        return trainIntents(context, path, options);
      }),
    );
  add(intents, 'test <examples>', 'Learn, and try it on sentences that were held out.', [
    'intents test examples.json --held-out held-out.json',
    'intents test examples.json --held-out held-out.json --at-least 0.9',
  ])
    .requiredOption('--held-out <file>', 'sentences in the form of the examples')
    .option('--at-least <share>', 'the accuracy below which it ends with 1', readShare)
    .option('--confidence <share>', 'how sure an answer must be (0.6)', readShare)
    .action((path, options) =>
      choose(options, async (context) => {
        const { testIntents } = await import('./intents.ts');
        return testIntents(context, path, options);
      }),
    );
}

/** Undefined unless they are named in one way. */
function chosenBy(
  ids: readonly string[],
  { all = false, page }: { readonly all?: boolean; readonly page?: string },
): Chosen | undefined {
  const ways: Chosen[] = [
    ...(ids.length > 0 ? [{ kind: 'ids', ids } as const] : []),
    ...(all ? [{ kind: 'all' } as const] : []),
    ...(page === undefined ? [] : [{ kind: 'page', pageId: page } as const]),
  ];
  return ways.length === 1 ? ways[0] : undefined;
}

function readLimit(text: string): number {
  const limit = Number(text);
  if (Number.isSafeInteger(limit) && limit >= 1) return limit;
  throw new InvalidArgumentError('It must be a whole number of at least 1.');
}

function readShare(text: string): number {
  const share = Number(text);
  if (text.trim() !== '' && share >= 0 && share <= 1) return share;
  throw new InvalidArgumentError('It must be a number from 0 to 1.');
}
