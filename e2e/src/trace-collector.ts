import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A span as a collector is told of it. */
export interface CollectedSpan {
  readonly service: string;
  readonly name: string;
  /** Of a call: which limit it counts against. */
  readonly kind: string | undefined;
  readonly trace: string;
  readonly id: string;
  readonly parent: string | undefined;
}

interface Attributes {
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
}

interface Export {
  readonly resourceSpans: readonly {
    readonly resource: Attributes;
    readonly scopeSpans: readonly {
      readonly spans: readonly (Attributes & {
        readonly traceId: string;
        readonly spanId: string;
        readonly parentSpanId?: string;
        readonly name: string;
      })[];
    }[];
  }[];
}

/** Takes traces as OTLP over HTTP has them. */
export interface Collector {
  readonly endpoint: string;
  readonly spans: readonly CollectedSpan[];
  close(): Promise<void>;
}

export async function startCollector(): Promise<Collector> {
  const spans: CollectedSpan[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      spans.push(...spansOf((await json(request)) as Export));
      response.end('{}');
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    spans,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function spansOf({ resourceSpans }: Export): CollectedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans
      .flatMap(({ spans }) => spans)
      .map((span) => ({
        service: textOf(resource, 'service.name') ?? '',
        name: span.name,
        kind: textOf(span, 'kind'),
        trace: span.traceId,
        id: span.spanId,
        parent: span.parentSpanId,
      })),
  );
}

function textOf({ attributes }: Attributes, key: string): string | undefined {
  const value = attributes.find((attribute) => attribute.key === key)?.value;
  return value && 'stringValue' in value ? String(value.stringValue) : undefined;
}
