import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { setTimeout as wait } from 'node:timers/promises';
import { allowed, errorFields } from '@common-thread/platform/log';
import type { BeginSpan } from '@common-thread/platform/tracing';

export interface OpenTelemetry {
  readonly begin: BeginSpan;
  /** Sends what has not been sent; gives up after two seconds. */
  close(): Promise<void>;
}

const CLOSE_MS_MAX = 2_000;
const ATTRIBUTE_PREFIX = 'common_thread.';

/**
 * Sends spans to where the environment says (OTEL_EXPORTER_OTLP_ENDPOINT, _HEADERS). Loaded only where it says
 * so. Nothing instruments itself: a span has the name and fields given here, held to the log's allow-list.
 */
export function openTelemetry(app: string): OpenTelemetry {
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({
      'service.name': app,
      'service.namespace': 'common-thread',
    }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  const tracer = provider.getTracer('common-thread');
  return {
    begin: (name, kind, parent) => {
      const spanKind = kind === 'request' ? SpanKind.SERVER : SpanKind.INTERNAL;
      const span = tracer.startSpan(name, { kind: spanKind }, contextOf(parent));
      const { traceId, spanId, traceFlags } = span.spanContext();
      return {
        traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
        end: (fields, error) => {
          const told = { ...fields, ...(error === undefined ? {} : errorFields(error)) };
          for (const [field, value] of Object.entries(allowed(told))) {
            span.setAttribute(ATTRIBUTE_PREFIX + field, value as string | number | string[]);
          }
          if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
    close: () =>
      Promise.race([provider.shutdown(), wait(CLOSE_MS_MAX, undefined, { ref: false })]),
  };
}

function contextOf(parent: string | undefined) {
  const [, traceId, spanId, flags] = parent?.split('-') ?? [];
  if (traceId === undefined || spanId === undefined) return ROOT_CONTEXT;
  const traceFlags = parseInt(flags ?? '0', 16);
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}
