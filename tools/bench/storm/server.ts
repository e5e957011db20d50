/**
 * The server that the storm meets: Tickwire's real delivery, handshake and pacing on the benchmark's feed.
 *
 *   server.ts SYMBOLS TICK_PERIOD_MS SECONDS_MAX PORT HANDSHAKES_PER_SECOND_MAX
 *
 * Its commands: `forget` begins its lags anew, `lags` tells them, `drain N` ends it as SIGTERM ends the
 * real one, N clients being asked back in a second.
 */
import process from "node:process";
import { createInterface } from "node:readline";
import { steadyClock } from "../../../server/clock.ts";
import { HandshakePacer } from "../../../server/http/handshake_pacer.ts";
import { makeRouter } from "../../../server/http/router.ts";
import { LoopLag } from "../../../server/metrics/loop_lag.ts";
import { serve } from "../../../server/serve.ts";
import { OPTIONS } from "../../../server/options.ts";
import { makePeer } from "../fanout/peers/peer.ts";
import { makeTickwire } from "../fanout/peers/tickwire_parts.ts";
import { LagWatch } from "./lag_watch.ts";

const [port = 0, handshakesPerSecondMax = 0] = Deno.args.slice(3).map(Number);
const peer = makePeer(Deno.args);
const { hub, admission, stats, router, tick } = await makeTickwire(peer.symbols);
const pacer = new HandshakePacer(steadyClock, {
  handshakesPerSecondMax,
  handshakesInFlightMax: Number(OPTIONS.handshakesInFlightMax.default),
  waitingHandshakesMax: Number(OPTIONS.waitingHandshakesMax.default),
  handshakeWaitMsMax: Number(OPTIONS.handshakeWaitMsMax.default),
});
const loopLag = new LoopLag(steadyClock, () => performance.now());
loopLag.start();
const lags = {
  loop: new LagWatch(loopLag.histogram),
  flush: new LagWatch(stats.flushLag),
  wait: new LagWatch(pacer.waits),
};
const server = serve({
  host: "127.0.0.1",
  port,
  handler: makeRouter({ ...router, pacer }),
  onLost: (error) => {
    throw error;
  },
});
if (server.kind === "invalid") throw new Error(server.problems.join("\n"));
peer.start(server.listener.port, tick);
createInterface({ input: process.stdin }).on("line", (line: string) => {
  const [command, value] = line.split(" ");
  if (command === "forget") { for (const lag of Object.values(lags)) lag.forget(); }
  else if (command === "lags") {
    const told = Object.entries(lags).map(([name, lag]) => [name, lag.summary()]);
    console.log(JSON.stringify(Object.fromEntries(told)));
  } else if (command === "drain") drain(Number(value));
});

function drain(returnsPerSecond: number): void {
  admission.drain();
  pacer.close();
  hub.announceDrain(returnsPerSecond);
  hub.closeAll("drain");
  const endWhenEmpty = () => {
    if (admission.total === 0) Deno.exit(0);
    setTimeout(endWhenEmpty, 20);
  };
  endWhenEmpty();
}
