import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts' },
  format: 'esm',
  target: 'node22.19',
  dts: true,
  sourcemap: true,
  clean: true,
  // Without it each entry carries its own copy of the error classes and instanceof fails.
  splitting: true,
  removeNodeProtocol: false,
});
