import { startStack } from '@bot/dev';
import type { Emulator } from '@bot/emulator';
import { cpuSeconds } from './cpu.ts';
import type { Figure } from './result.ts';

const people = 500;
const rounds = 20;
const messages = people * rounds;

/**
 * What a message costs: people write all at once, and the CPU time of each process is read when
 * the last answer has come. One event a delivery, an echo and a receipt for each answer, all
 * promises on. The emulator runs in this process and is not counted.
 */
export async function benchMessage(): Promise<Figure[]> {
  const stack = await startStack({ logLevel: 'error' });
  const { emulator, redis } = stack;
  if (!emulator || !redis) throw new Error('The stack has no Redis or no emulator of its own.');
  try {
    await everybodyWrites(emulator, 'warm');
    const processes = {
      webhook: stack.pid('webhook'),
      worker: stack.pid('worker'),
      Redis: redis.pid,
    };
    const before = Object.values(processes).map(cpuSeconds);
    const begun = performance.now();
    await everybodyWrites(emulator, 'cold');
    const seconds = (performance.now() - begun) / 1_000;
    await emulator.idle();
    process.stdout.write(
      `${messages} messages answered in ${seconds.toFixed(1)} s, ${Math.round(messages / seconds)} a second\n` +
        'CPU-seconds per 1,000 messages:\n',
    );
    return Object.entries(processes).map(([name, pid], index): Figure => {
      const cost = ((cpuSeconds(pid) - (before[index] ?? 0)) / messages) * 1_000;
      process.stdout.write(`  ${name.padEnd(8)}${cost.toFixed(3)}\n`);
      return { what: `1,000 messages of the local Messenger: ${name}`, unit: 's', values: [cost] };
    });
  } finally {
    await stack.close();
  }
}

/** Resolves when each message has its answer. */
async function everybodyWrites(messenger: Emulator, word: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let answers = 0;
  const unsubscribe = messenger.subscribe((change) => {
    if (change.kind !== 'message' || change.message.direction !== 'in') return;
    answers += 1;
    if (answers === messages) resolve();
  });
  for (let round = 0; round < rounds; round += 1) {
    for (let person = 0; person < people; person += 1) {
      messenger.say(`6000000000${String(person).padStart(5, '0')}`, `${word} ${round}`);
    }
  }
  await promise;
  unsubscribe();
}
