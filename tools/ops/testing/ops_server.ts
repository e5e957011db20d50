/** A server that has the operator's page and real metrics of things that a test makes up. */
import { DeliveryStats } from "../../../server/delivery/delivery_stats.ts";
import { LagHistogram } from "../../../server/delivery/lag_histogram.ts";
import { Tally } from "../../../server/delivery/tally.ts";
import { answerOperator } from "../../../server/http/operator_route.ts";
import { makeMetrics, type Metrics } from "../../../server/metrics/make_metrics.ts";

/** A server's life as a test writes it. */
export class OpsWorld {
  stats = new DeliveryStats();
  loopLag = new LagHistogram();
  refusedHandshakes = new Tally();
  connections = new Map([["tickwire.v1.bin", 0], ["tickwire.v1.json", 0]]);
  ticks = 0;
  isDraining = false;
  isFeedSilent = false;
  access: "loopback" | "none" = "loopback";
  startedMs = Date.now() - 3_725_000;
  #metrics: Metrics = this.#make();

  /** Begins anew, as after a crash: every counter is zero again. */
  restart(): void {
    this.stats = new DeliveryStats();
    this.loopLag = new LagHistogram();
    this.ticks = 0;
    this.startedMs = Date.now();
    this.#metrics = this.#make();
  }

  get metrics(): Metrics {
    return this.#metrics;
  }

  #make(): Metrics {
    const { startedMs, stats } = this;
    return makeMetrics(stats, {
      connections: () => this.connections,
      places: () => ({ held: 0, max: 20_000 }),
      sessionsOpened: () => 0,
      refusedHandshakes: this.refusedHandshakes,
      overloads: new Tally(),
      waitingHandshakes: () => 0,
      handshakeWaits: new LagHistogram(),
      loopLag: this.loopLag,
      isDraining: () => this.isDraining,
      isFeedSilent: () => this.isFeedSilent,
      feed: () => ({ symbols: 423, ticks: this.ticks, lastTickMs: startedMs }),
      startedMs,
    });
  }
}

export interface OpsServer extends AsyncDisposable {
  readonly url: string;
}

/** Serves the built page and the world's metrics on a free port of the loopback. */
export function serveOps(world: OpsWorld, pageFolder: string): OpsServer {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request, info) => {
    const options = { access: world.access, pageFolder, ...world.metrics };
    const answer = await answerOperator(request, info.remoteAddr.hostname, options);
    return answer ?? new Response(null, { status: 404 });
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/ops`,
    async [Symbol.asyncDispose]() {
      await server.shutdown();
    },
  };
}
