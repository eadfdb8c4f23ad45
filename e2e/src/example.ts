import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '@bot/dev';

const examples = join(import.meta.dirname, '..', '..', 'examples');

/** An example bot with a local Messenger. */
export interface RunningExample {
  /** Address of the chat page. */
  readonly url: string;
  /** Address of its figures, when it has some. */
  readonly insights: string | undefined;
  /** @throws Error when it does not end in order. */
  stop(): Promise<void>;
}

/**
 * Starts the example of that name; it is ready for people when the promise resolves.
 *
 * @param variables Beside those that every example gets.
 */
export async function startExample(
  name: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<RunningExample> {
  const example = spawn('node', [`${name}.ts`], {
    cwd: join(examples, name),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      PORT: String(await freePort()),
      CHAT_PORT: '0',
      INSIGHTS_PORT: '0',
      ...variables,
    },
  });
  let output = '';
  for await (const chunk of example.stdout) {
    output += String(chunk);
    // The profile is the last that an example brings to its Page.
    if (output.includes('getStarted: add')) break;
  }
  const [, url] = /Chat page: (\S+)/.exec(output) ?? [];
  if (url === undefined) throw new Error(`${name} did not start: ${output}`);
  const [, insights] = /Insights: (\S+)/.exec(output) ?? [];
  return {
    url,
    insights,
    async stop() {
      const ended = once(example, 'exit');
      example.kill('SIGTERM');
      if (example.exitCode === null) await ended;
      if (example.exitCode !== 0) throw new Error(`It ended with ${example.exitCode}.`);
    },
  };
}
