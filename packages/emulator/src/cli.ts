#!/usr/bin/env node
/* oxlint-disable no-console -- the command's own output */
import { readFileSync } from 'node:fs';
import { parseCommand, usage } from './cli-arguments.ts';
import { createEmulator, type Emulator } from './emulator.ts';
import { EmulatorError } from './errors.ts';
import type { EmulatorOptions } from './options.ts';

const WRONG_USAGE = 2;

/** Closes once, whoever asks; the process then ends by itself. */
function closeOnRequest(emulator: Emulator): void {
  const close = (): void => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, close);
    process.off('disconnect', close);
    if (process.connected) process.disconnect();
    emulator.close().catch(fail);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, close);
  // A parent that started us with an IPC channel is gone once the channel is.
  process.on('disconnect', close);
}

function fail(error: unknown): void {
  const known = error instanceof EmulatorError;
  console.error(`emulator: ${known ? error.message : String(error)}`);
  process.exitCode = known && error.code === 'INVALID_OPTION' ? WRONG_USAGE : 1;
  if (process.connected) process.disconnect();
}

async function start(options: EmulatorOptions, defaulted: readonly string[]): Promise<void> {
  if (defaulted.length > 0) {
    console.log(`Not set, so the development default holds: ${defaulted.join(', ')}`);
  }
  const emulator = await createEmulator(options);
  closeOnRequest(emulator);
  process.send?.({ ready: true, url: emulator.url });
  console.log(`Chat page and Graph API: ${emulator.url}`);
  const shaken = await emulator.handshake().catch(() => undefined);
  if (shaken === true) console.log('The webhook answered the handshake.');
  if (shaken === false) {
    console.log('The webhook did not answer the handshake: is it running, with this VERIFY_TOKEN?');
    console.log('Messages are kept and sent again until it answers.');
  }
}

function main(): void {
  const command = parseCommand(process.argv.slice(2), process.env);
  switch (command.kind) {
    case 'help':
      return console.log(usage);
    case 'version': {
      const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
      return console.log((JSON.parse(text) as { version: string }).version);
    }
    case 'wrong':
      console.error(`emulator: ${command.reason} (emulator --help shows the usage)`);
      process.exitCode = WRONG_USAGE;
      return undefined;
    case 'start':
      start(command.options, command.defaulted).catch(fail);
      return undefined;
  }
}

main();
