/**
 * HTTP polling: each client asks for all its symbols again and again. The answer is put together from ticks that were
 * encoded once, which is as cheap as polling gets.
 */
import { makePeer } from "./peer.ts";

const peer = makePeer(Deno.args);
const encoded = new Map<string, string>();
const headers = { "content-type": "application/json", "cache-control": "no-store" };
const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
  const symbols = new URL(request.url).searchParams.get("symbols")?.split(",") ?? [];
  const quotes = symbols.flatMap((symbol) => encoded.get(symbol) ?? []);
  return new Response(`[${quotes.join(",")}]`, { headers });
});
peer.start(server.addr.port, (tick) => encoded.set(tick.symbol, JSON.stringify(tick)));
