import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedSpan {
  readonly app: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Absent or empty where it is the first of its trace. */
  readonly parentSpanId?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface Told {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}
type ToldSpan = Omit<ReceivedSpan, 'app' | 'attributes'> & { readonly attributes: Told[] };
interface Export {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: Told[] };
    readonly scopeSpans: readonly { readonly spans: readonly ToldSpan[] }[];
  }[];
}

/** A collector of traces in this process: OTLP over HTTP, as JSON. */
export class TraceReceiver {
  readonly spans: ReceivedSpan[] = [];
  /** All that came, as it came. */
  text = '';

  private constructor(private readonly server: Server) {}

  static async start(): Promise<TraceReceiver> {
    const server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const isTraces = request.url === '/v1/traces';
        if (isTraces) receiver.#take(Buffer.concat(pieces).toString());
        response.writeHead(isTraces ? 200 : 404, { 'content-type': 'application/json' }).end('{}');
      });
    }).listen(0, '127.0.0.1');
    const receiver = new TraceReceiver(server);
    await once(server, 'listening');
    return receiver;
  }

  /** As OTEL_EXPORTER_OTLP_ENDPOINT. */
  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  #take(text: string): void {
    this.text += text;
    for (const { resource, scopeSpans } of (JSON.parse(text) as Export).resourceSpans) {
      const app = String(valuesOf(resource.attributes)['service.name']);
      for (const { attributes, ...span } of scopeSpans.flatMap(({ spans }) => spans)) {
        this.spans.push({ ...span, app, attributes: valuesOf(attributes) });
      }
    }
  }
}

/** Each value under the one key that says its type. */
function valuesOf(told: readonly Told[]): Record<string, unknown> {
  return Object.fromEntries(told.map(({ key, value }) => [key, Object.values(value)[0]]));
}
