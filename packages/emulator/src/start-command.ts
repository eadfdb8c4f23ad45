import { createEmulator } from './running-emulator.ts';
import { problemOf } from './webhook/handshake.ts';
import type { Emulator } from './emulator.ts';
import type { EmulatorOptions } from './options.ts';

/** Starts a local Messenger and says what a developer at a terminal wants to know. */
export async function startCommand(
  options: EmulatorOptions,
  print: (line: string) => void,
): Promise<Emulator> {
  const emulator = await createEmulator(options);
  print(`Chat page and Graph API: ${emulator.url}`);
  tellTrouble(emulator, print);
  void emulator
    .handshake()
    .then((shaken) => {
      if (shaken.ok) return print('The webhook answered the handshake.');
      print(shaken.problem);
      return print('Messages are kept and sent again until it takes them.');
    })
    .catch(() => {});
  return emulator;
}

/** A line when deliveries begin to fail, and one when they are taken again. */
function tellTrouble(emulator: Emulator, print: (line: string) => void): void {
  let trouble: string | undefined;
  emulator.subscribe((change) => {
    if (change.kind === 'alert' && change.alert.kind === 'disabled') {
      const { pageId } = change.alert;
      print(`After an hour of failures Page ${pageId} is not subscribed any more, as with Meta.`);
      print('Subscribe it again with POST /me/subscribed_apps, or on the chat page.');
    }
    if (change.kind !== 'webhook') return;
    const problem = problemOf(change.status);
    if (problem !== undefined && problem !== trouble) print(problem);
    if (problem === undefined && trouble !== undefined)
      print('The webhook takes deliveries again.');
    trouble = problem;
  });
}
