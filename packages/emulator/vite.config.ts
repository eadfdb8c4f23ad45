import { defineConfig } from 'vite';

/** The chat page, which the emulator serves from beside its code. */
export default defineConfig({
  root: 'page',
  base: '/',
  build: {
    outDir: '../dist/page',
    // Vite empties only what is inside of its root unasked. tsup has filled dist before.
    emptyOutDir: true,
    // Nothing inline: the page's policy allows no data in place of a file.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    // Browsers with light-dark() and container queries.
    target: ['chrome123', 'firefox120', 'safari17.5'],
  },
});
