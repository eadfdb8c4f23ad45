import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { webhook: 'src/webhook/index.ts', worker: 'src/worker/index.ts' },
  format: 'esm',
  target: 'node22.19',
  dts: true,
  sourcemap: true,
  clean: true,
  removeNodeProtocol: false,
});
