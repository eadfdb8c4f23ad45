import { cp } from 'node:fs/promises';
import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts' },
  format: 'esm',
  target: 'node22.19',
  dts: true,
  sourcemap: true,
  clean: true,
  removeNodeProtocol: false,
  onSuccess: () => cp('src/insights.css', 'dist/insights.css'),
});
