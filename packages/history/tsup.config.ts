import { cp } from 'node:fs/promises';
import { defineConfig } from 'tsup';

export default defineConfig({
  // The thread is started by its file.
  entry: { index: 'src/index.ts', 'pglite-thread': 'src/pglite-thread.ts' },
  format: 'esm',
  target: 'node22.19',
  dts: true,
  sourcemap: true,
  clean: true,
  // Without it each entry carries its own copy of the error classes and instanceof fails.
  splitting: true,
  removeNodeProtocol: false,
  onSuccess: () => cp('src/migrations', 'dist/migrations', { recursive: true }),
});
