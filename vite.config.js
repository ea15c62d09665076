import { defineConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';

/** One file that opens from disk: everything inlined, the engine as a data URL in a blob worker. */
const single = process.env.DESCENT_SINGLE === '1';

export default defineConfig({
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  define: { __SINGLE__: JSON.stringify(single) },
  resolve: { alias: { '#worker': single ? '/www/worker-inline.js' : '/www/worker-url.js' } },
  worker: { format: single ? 'iife' : 'es' },
  plugins: single ? [viteSingleFile()] : [],
  build: { outDir: single ? 'dist-single' : 'dist', assetsInlineLimit: single ? 1e8 : 0, target: 'es2022' },
});
