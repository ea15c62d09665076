import { defineConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';

/** One file that opens from disk: everything inlined, the engine as a data URL in a blob worker. */
const single = process.env.DESCENT_SINGLE === '1';

/**
 * What the page may do, as a header of a server would say it: nothing but its own files, and the engine's code. The page in one file holds its script and
 * its styles itself, its worker is a blob, and its engine and data sets are data URLs; from elsewhere it fetches nothing either.
 */
const policy = {
  'default-src': "'none'",
  'script-src': single ? "'unsafe-inline' 'wasm-unsafe-eval'" : "'self' 'wasm-unsafe-eval'",
  'worker-src': single ? 'blob: data:' : "'self'",
  'connect-src': single ? 'data:' : "'self'",
  'style-src': single ? "'unsafe-inline'" : "'self'",
  'img-src': single ? 'data: blob:' : "'self' data: blob:",
  'base-uri': "'none'",
  'form-action': "'none'",
};
const content = Object.entries(policy)
  .map(([what, from]) => `${what} ${from}`)
  .join('; ');
/** The policy stands in the page, so that it holds on any server. @type {import('vite').Plugin} */
const guarded = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: (html) => html.replace('<head>', `<head>\n    <meta http-equiv="Content-Security-Policy" content="${content}" />`),
};

export default defineConfig({
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  define: { __SINGLE__: JSON.stringify(single) },
  resolve: { alias: { '#worker': single ? '/www/worker-inline.js' : '/www/worker-url.js' } },
  worker: { format: single ? 'iife' : 'es' },
  plugins: single ? [guarded, viteSingleFile()] : [guarded],
  build: { outDir: single ? 'dist-single' : 'dist', assetsInlineLimit: single ? 1e8 : 0, target: 'es2022' },
});
