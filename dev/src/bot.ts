/** `npm run bot -- …`: the operators' command, on what `npm start` runs. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { botVariablesFile } from './bot-variables.ts';
import { isReadable } from './executables.ts';
import { repositoryFolder } from './folders.ts';
import { createTerminal } from './terminal.ts';

if (await isReadable(botVariablesFile)) {
  // Above those of this shell, which may be of another Redis.
  Object.assign(process.env, parseEnv(await readFile(botVariablesFile, 'utf8')));
  await runBot();
} else if (process.argv[2] === 'intents') {
  // It works on files alone.
  await runBot();
} else {
  createTerminal().complain('bot: `npm start` does not run here: start it in another terminal.');
  process.exitCode = 2;
}

async function runBot(): Promise<void> {
  await import(join(repositoryFolder, 'apps', 'worker', 'dist', 'bot.js'));
}
