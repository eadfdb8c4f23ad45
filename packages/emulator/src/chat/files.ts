import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';

/** The chat page's files, by the path they are asked for. No other file can be reached. */
const files: Readonly<Record<string, string>> = {
  '/': 'index.html',
  '/chat.css': 'chat.css',
  '/people.css': 'people.css',
  '/bubbles.css': 'bubbles.css',
  '/choices.css': 'choices.css',
  '/cards.css': 'cards.css',
  '/theme.css': 'theme.css',
  '/chat.js': 'chat.js',
  '/strings.js': 'strings.js',
  '/words.js': 'words.js',
  '/model.js': 'model.js',
  '/people.js': 'people.js',
  '/bubbles.js': 'bubbles.js',
  '/choices.js': 'choices.js',
  '/cards.js': 'cards.js',
  '/menu.js': 'menu.js',
  '/elements.js': 'elements.js',
  '/composer.js': 'composer.js',
  '/server.js': 'server.js',
  '/icon.svg': 'icon.svg',
  '/like.svg': 'like.svg',
  '/picture.svg': 'picture.svg',
};

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves the page from beside this code: `src/page` in the source, `dist/page` in the package. */
export function addPageFiles(server: FastifyInstance, folder: URL): void {
  for (const [path, name] of Object.entries(files)) {
    const type = types[name.slice(name.lastIndexOf('.') + 1)];
    server.get(path, async (_request, reply) => {
      const content = await readFile(new URL(name, folder));
      return reply
        .header('content-type', type)
        .header('content-security-policy', policy)
        .header('x-content-type-options', 'nosniff')
        .header('referrer-policy', 'no-referrer')
        .header('cache-control', 'no-cache')
        .send(content);
    });
  }
}
