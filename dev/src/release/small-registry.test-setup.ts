import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { json } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

interface Packument {
  readonly name: string;
  readonly versions: Record<string, object>;
  readonly 'dist-tags': Record<string, string>;
  readonly _attachments?: Record<string, { readonly data: string }>;
}

/** A registry on loopback that knows what was published to it and nothing else. */
export interface SmallRegistry {
  readonly url: string;
  /** `@bot/lower@1.0.0 latest`, in the order of their arrival. */
  readonly published: readonly string[];
  packument(name: string): Packument | undefined;
  /** What was asked for beside packages, such as `POST /-/npm/v1/oidc/token/exchange/…`. */
  readonly asked: readonly string[];
}

/** What GitHub and npm answer to a workflow that npm trusts; the signature is nobody's. */
const trust: Readonly<Record<string, object>> = {
  '/identity': {
    value: ['{"alg":"none"}', '{"repository_visibility":"private"}', '-'].map(encode).join('.'),
  },
  '/-/npm/v1/oidc/token/exchange/package/@bot%2flower': { token: 'for one package' },
};

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}

export async function startSmallRegistry(): Promise<SmallRegistry> {
  const packuments = new Map<string, Packument>();
  const tarballs = new Map<string, Buffer>();
  const published: string[] = [];
  const asked: string[] = [];

  async function answer(request: IncomingMessage): Promise<object | Buffer> {
    const { method, url = '' } = request;
    const { pathname } = new URL(url, 'http://registry');
    if (pathname in trust) {
      asked.push(`${method} ${url}`);
      return trust[pathname] ?? {};
    }
    const name = decodeURIComponent(pathname.slice(1));
    if (method !== 'PUT') {
      return packuments.get(name) ?? tarballs.get(basename(name)) ?? { error: 'not found' };
    }
    const sent = (await json(request)) as Packument;
    const known = packuments.get(name) ?? { name, versions: {}, 'dist-tags': {} };
    for (const [tag, version] of Object.entries(sent['dist-tags'])) {
      if (version in known.versions) {
        return { error: `You cannot publish over the previously published versions: ${version}.` };
      }
      published.push(`${name}@${version} ${tag}`);
    }
    Object.assign(known.versions, sent.versions);
    Object.assign(known['dist-tags'], sent['dist-tags']);
    packuments.set(name, known);
    for (const [file, { data }] of Object.entries(sent['_attachments'] ?? {})) {
      tarballs.set(basename(file), Buffer.from(data, 'base64'));
    }
    return { ok: true };
  }

  const server = createServer((request, response) => {
    void answer(request).then((body) => {
      if (body instanceof Buffer) return response.end(body);
      const code = 'error' in body ? (request.method === 'PUT' ? 403 : 404) : 200;
      return response
        .writeHead(code, { 'content-type': 'application/json' })
        .end(JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    published,
    asked,
    packument: (name) => packuments.get(name),
  };
}
