import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { main: 'src/main.ts', bot: 'src/bot.ts' },
  format: 'esm',
  target: 'node22.19',
  dts: false,
  sourcemap: true,
  clean: true,
  // Without it each entry carries its own copy of the error classes and instanceof fails.
  splitting: true,
  removeNodeProtocol: false,
});
