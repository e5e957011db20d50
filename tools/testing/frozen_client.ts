/**
 * A good client as a process of its own, to be stopped by SIGSTOP: its connection stays as a dead phone's does, without
 * an end and without an answer. It prints a line once it has prices.
 *
 *   frozen_client.ts PORT SYMBOL
 */
import { LiveClient } from "./live_client.ts";

using client = await LiveClient.join(Number(Deno.args[0]));
client.say({ type: "subscribe", id: 1, symbols: [Deno.args[1] ?? ""], channels: ["quote"], rate: 10 });
await client.next("update");
console.log("ready");
await client.closed;
