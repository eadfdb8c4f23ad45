import { expect, it } from 'vitest';
import { callGraph, createScene, graphPath, pageId, thuHa } from './testing/scene.ts';

it('closes at once in the middle of everything, and throws nothing', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { emulator } = await createScene({ latencyMs: round * 5 }, (count) =>
      count % 3 === 0 ? 200 : 503,
    );
    emulator.inject({ kind: 'slow-body', ms: 60_000, rate: 0.3 });
    emulator.inject({ kind: 'latency', ms: 60_000, rate: 0.3 });
    emulator.inject({ kind: 'reset', rate: 0.2 });
    emulator.inject({ kind: 'overtaken', ms: 60_000, rate: 0.2 });
    emulator.inject({ kind: 'duplicate', rate: 0.2 });
    for (let index = 0; index < 300; index += 1) {
      emulator.say(String(5_000_000_000_000_000 + (index % 90)), `tin ${index}`);
    }
    const asked = Array.from({ length: 40 }, (_, index) =>
      index % 2 === 0
        ? callGraph(emulator, { recipient: { id: thuHa }, message: { text: 'chào' } })
        : callGraph(
            emulator,
            { batch: [{ method: 'GET', relative_url: pageId }] },
            { path: graphPath('').replace(`${pageId}/`, '') },
          ),
    );
    const streams = Array.from({ length: 3 }, async () => {
      const page = await fetch(`${emulator.url}/chat/events`);
      await page.text();
    });
    await new Promise((resolve) => setImmediate(resolve));
    if (round > 2) emulator.replay(emulator.state.deliveries[0]?.id ?? '');
    const idle = emulator.idle();
    const begun = performance.now();
    await Promise.all([emulator.close(), idle, Promise.allSettled([...asked, ...streams])]);
    expect(performance.now() - begun).toBeLessThan(2_000);
  }
});
