import { cp } from 'node:fs/promises';
import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts', 'testing/index': 'src/testing/index.ts' },
  format: 'esm',
  target: 'node22.19',
  dts: true,
  sourcemap: true,
  clean: true,
  // Without it each entry carries its own copy of the error classes and instanceof fails.
  splitting: true,
  removeNodeProtocol: false,
  onSuccess: () => cp('src/lua', 'dist/lua', { recursive: true }),
});
