import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts' },
  format: 'esm',
  target: 'node22.19',
  dts: true,
  sourcemap: true,
  clean: true,
  removeNodeProtocol: false,
});
