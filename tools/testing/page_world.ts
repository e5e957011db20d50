import { createQuoteClient } from "../../miniprogram/net/socket_quote_client.ts";
import { FakeClock } from "./fake_clock.ts";
import { FakeTransport } from "./fake_transport.ts";
import { welcome } from "./server_messages.ts";

/** From a wish to the message that says it. */
export const PAUSE_MS = 300;

/** A client as pages use it, and what it told them. */
export function setUp() {
  const clock = new FakeClock();
  const transport = new FakeTransport();
  const client = createQuoteClient({ url: "ws://x/ws", transport, clock, random: () => 0, clientName: "test/1" });
  const changes: { quotes: string[]; candles: string[] }[] = [];
  client.on("change", (changed) => {
    changes.push({ quotes: Array.from(changed.quotes), candles: Array.from(changed.candles) });
  });
  /** A line comes up; what its hello resumes is not answered yet. */
  const goLive = (epoch = "epoch-1") => {
    if (client.state === "idle" || client.state === "closed") client.open();
    if (client.state === "waiting") clock.advance(1_000);
    transport.last.open();
    transport.last.say(welcome({ epoch }));
  };
  return { clock, transport, client, changes, goLive };
}
