#!/usr/bin/env node
/* oxlint-disable no-console -- the command's own output */
import { readFileSync } from 'node:fs';
import { parseCommand, usage } from './cli-arguments.ts';
import { EmulatorError } from './errors.ts';
import { loadCommand } from './load/load-command.ts';
import { startCommand } from './start-command.ts';

const WRONG_USAGE = 2;

/** Closes once, whoever asks; the process then ends by itself. */
function closeOnRequest(close: () => Promise<void>): void {
  const end = (): void => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end);
    process.off('disconnect', end);
    if (process.connected) process.disconnect();
    close().catch(fail);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);
  // A parent that started us with an IPC channel is gone once the channel is.
  process.on('disconnect', end);
}

function fail(error: unknown): void {
  const known = error instanceof EmulatorError;
  console.error(`emulator: ${known ? error.message : String(error)}`);
  process.exitCode = known && error.code === 'INVALID_OPTION' ? WRONG_USAGE : 1;
  if (process.connected) process.disconnect();
}

function print(line: string): void {
  console.log(line);
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}

function tellDefaults(defaulted: readonly string[]): void {
  if (defaulted.length === 0) return;
  print(`Not set, so the development default holds: ${defaulted.join(', ')}`);
}

async function run(): Promise<void> {
  const command = parseCommand(process.argv.slice(2), {
    environment: process.env,
    readFile: (path) => readFileSync(path, 'utf8'),
  });
  switch (command.kind) {
    case 'help':
      return print(usage);
    case 'version': {
      const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
      return print((JSON.parse(text) as { version: string }).version);
    }
    case 'wrong':
      console.error(`emulator: ${command.reason} (emulator --help shows the usage)`);
      process.exitCode = WRONG_USAGE;
      return undefined;
    case 'start': {
      tellDefaults(command.defaulted);
      const emulator = await startCommand(command.options, print);
      closeOnRequest(() => emulator.close());
      process.send?.({ ready: true, url: emulator.url });
      return undefined;
    }
    case 'load': {
      tellDefaults(command.defaulted);
      const stop = new AbortController();
      closeOnRequest(async () => stop.abort());
      const isWell = await loadCommand(command.load, print, cpuSeconds, stop.signal);
      process.exitCode = isWell ? 0 : 1;
      if (process.connected) process.disconnect();
      return undefined;
    }
  }
}

run().catch(fail);
