/** Watches until it is told to stop: the mini-program's client, shown in a terminal. */
import { createQuoteClient } from "../../miniprogram/net/socket_quote_client.ts";
import type { PollTransport } from "../../miniprogram/net/poll_transport.ts";
import type { Transport } from "../../miniprogram/net/transport.ts";
import type { Clock } from "../../shared/mod.ts";
import { makeDisplay } from "./display.ts";
import type { WatchOptions } from "./options.ts";
import { RateMeter } from "./rate_meter.ts";
import type { Terminal } from "./terminal.ts";

/** Time between two drawings of the table, in milliseconds. */
export const DRAW_INTERVAL_MS = 100;

const START_HINT = "Is the server running? `deno task start` starts one on this machine; --server names another.";

export interface WatchParts {
  readonly options: WatchOptions;
  readonly transport: Transport;
  /** HTTP, where no socket passes. @default none */
  readonly pollTransport?: PollTransport;
  readonly clock: Clock;
  readonly random: () => number;
  readonly terminal: Terminal;
}

export interface Watch {
  /** Resolves with the exit code: 0 done, 1 no quote could be had. */
  readonly done: Promise<number>;
  /** Ends it, cleanly; twice is allowed. */
  stop(): void;
}

/** Begins to watch at once. */
export function startWatch({ options, transport, pollTransport, clock, random, terminal }: WatchParts): Watch {
  const parts = { url: options.server, transport, clock, random, clientName: "tickwire-watch/1" };
  const client = createQuoteClient(pollTransport ? { ...parts, pollTransport } : parts);
  const updates = new RateMeter(clock.nowMs());
  const display = makeDisplay({ client, options, terminal, clock, updates });
  let hasQuote = false;
  let hasHinted = false;
  let hasEnded = false;
  let resolve: (code: number) => void;
  const done = new Promise<number>((settle) => resolve = settle);

  const end = (code: number) => {
    if (hasEnded) return;
    hasEnded = true;
    clock.clearTimeout(drawing);
    clock.clearTimeout(deadline);
    display.end();
    client.close();
    resolve(code);
  };
  const fail = (why: string) => {
    if (hasEnded) return;
    end(1);
    if (!options.json) terminal.writeError(`${why}\n`);
  };
  const stop = () => end(hasQuote ? 0 : 1);
  const stopUnless = (isRead: boolean) => {
    if (!isRead) end(0);
  };
  const draw = () => {
    drawing = clock.setTimeout(draw, DRAW_INTERVAL_MS);
    stopUnless(display.tick());
  };
  let drawing = clock.setTimeout(draw, 0);
  const deadline = options.forMs === undefined ? undefined : clock.setTimeout(stop, options.forMs);

  client.on("change", ({ quotes }) => {
    if (quotes.size > 0) hasQuote = true;
    updates.add(clock.nowMs(), quotes.size);
    if (!hasEnded) stopUnless(display.changed(quotes));
  });
  client.on("error", (error) => {
    if (hasEnded) return;
    stopUnless(display.failed(error));
    if (error.code === "cannot_connect" && !hasQuote && !hasHinted) {
      hasHinted = true;
      stopUnless(display.hint(START_HINT));
    }
  });
  client.on("state", (state) => {
    if (hasEnded) return;
    stopUnless(display.state(state));
    // Only a server that wants no further attempt closes the client.
    if (state === "closed") fail(client.lastError?.text ?? "The server closed the connection.");
  });
  client.subscribe({
    symbols: options.symbols,
    channels: ["quote"],
    onRejected: (rejected) => {
      if (hasEnded || rejected.size === 0) return;
      stopUnless(display.rejected(rejected));
      if (rejected.size === options.symbols.length) {
        fail("This server lists none of these symbols: there is nothing to watch.");
      }
    },
  });
  client.open();
  return { done, stop };
}
