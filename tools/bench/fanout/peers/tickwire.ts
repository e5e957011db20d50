/** Tickwire itself: its real board, delivery and handshake, on the benchmark's feed. */
import { makeRouter } from "../../../../server/http/router.ts";
import { serve } from "../../../../server/serve.ts";
import { makePeer } from "./peer.ts";
import { makeTickwire } from "./tickwire_parts.ts";

const peer = makePeer(Deno.args);
const tickwire = await makeTickwire(peer.symbols);
const onLost = (error: unknown) => {
  throw error;
};
const server = serve({ host: "127.0.0.1", port: 0, handler: makeRouter(tickwire.router), onLost });
if (server.kind === "invalid") throw new Error(server.problems.join("\n"));
peer.start(server.listener.port, tickwire.tick);
