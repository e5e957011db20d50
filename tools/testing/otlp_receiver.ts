/** A collector of OpenTelemetry's HTTP protocol in JSON, for tests: it keeps what it is sent. */

export interface ReceivedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface ReceivedLog {
  readonly severity: string;
  readonly body: string;
  readonly traceId: string;
}

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: string };
}

/** As much of the bodies of `/v1/traces`, `/v1/logs` and `/v1/metrics` as tests look at. */
interface Body {
  readonly resourceSpans?: {
    scopeSpans: { spans: { name: string; traceId: string; attributes: Attribute[] }[] }[];
  }[];
  readonly resourceLogs?: {
    scopeLogs: { logRecords: { severityText: string; traceId: string; body: { stringValue: string } }[] }[];
  }[];
  readonly resourceMetrics?: { scopeMetrics: { metrics: { name: string }[] }[] }[];
}

export class OtlpReceiver implements AsyncDisposable {
  readonly spans: ReceivedSpan[] = [];
  readonly logs: ReceivedLog[] = [];
  readonly metrics = new Set<string>();
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  #wake: () => void = () => {};

  constructor() {
    this.#server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
      this.#take(await request.json());
      this.#wake();
      return Response.json({});
    });
  }

  /** The environment that makes Deno send to this receiver, without waiting for much to send. */
  get env(): Record<string, string> {
    return {
      OTEL_DENO: "true",
      OTEL_SERVICE_NAME: "tickwire",
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${this.#server.addr.port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_BSP_SCHEDULE_DELAY: "100",
      OTEL_BLRP_SCHEDULE_DELAY: "100",
      OTEL_METRIC_EXPORT_INTERVAL: "500",
    };
  }

  /** Waits for something to come. @returns What `find` has found. */
  async until<T>(find: () => T | undefined): Promise<T> {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  #take({ resourceSpans = [], resourceLogs = [], resourceMetrics = [] }: Body): void {
    const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
    for (const { name, traceId, attributes } of spans) {
      const pairs = attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? ""]);
      this.spans.push({ name, traceId, attributes: Object.fromEntries(pairs) });
    }
    const records = resourceLogs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords));
    for (const { severityText, traceId, body } of records) {
      this.logs.push({ severity: severityText, body: body.stringValue, traceId });
    }
    const metrics = resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
    for (const { name } of metrics) this.metrics.add(name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}
