/** Planted bugs, each of a kind that somebody could write. The simulation must find every one of them. */
import type { ClientSocket } from "../../../server/delivery/client_socket.ts";
import {
  type Clock,
  type Depth,
  encode,
  type QuoteSnapshot,
  type ServerMessage,
  type ServerMessageOf,
} from "../../../shared/mod.ts";
import type { Dice } from "../dice.ts";
import type { Seams } from "../seams.ts";
import { editArrivals, editDepartures, editServer, JSON_ONLY, wrapSocket, wrapTransport } from "./edits.ts";

/** Seeds in which a bug must show. */
export const SEEDS_MAX = 300;

export interface Mutant {
  readonly name: string;
  /** The bug in words. */
  readonly bug: string;
  readonly seams: (dice: Dice) => Seams;
}

type Update = ServerMessageOf<"update">;

export const MUTANTS: readonly Mutant[] = [
  {
    name: "drops_a_mask_bit",
    bug: "The server now and then leaves a changed field out of an update.",
    seams: (dice) =>
      editServer(() => (message) => {
        if (message.type === "update" && dice.chance(0.1)) delete message.quotes[0]?.turnover;
        return message;
      }),
  },
  {
    name: "skips_the_sequence_check",
    bug: "The client applies an update whatever it builds on, and one was lost.",
    seams: (dice) => editArrivals(() => withoutSequenceCheck(dice)),
  },
  {
    name: "acknowledges_the_next_frame",
    bug: "The client acknowledges one frame more than it has got.",
    seams: () =>
      editArrivals((own) => (message) => {
        if ("frame" in message) own.send(encode({ type: "ack", frame: message.frame + 1 }));
        return message;
      }),
  },
  {
    name: "takes_everything_for_acknowledged",
    bug: "The server counts a frame as acknowledged as soon as it is sent.",
    seams: () => ({
      ...JSON_ONLY,
      inbound: (receive, socket) => {
        const lastFrame = LAST_FRAMES.get(socket);
        return (data) => {
          receive(data);
          if (lastFrame && lastFrame.frame > 0) receive(encode({ type: "ack", frame: lastFrame.frame }));
        };
      },
      serverSocket: countingSocket,
    }),
  },
  {
    name: "clears_no_timer",
    bug: "The client never clears a timer.",
    seams: () => ({ ...JSON_ONLY, clientClock: (clock) => clockWith(clock, { clearTimeout: () => {} }) }),
  },
  {
    name: "loses_a_timer",
    bug: "The client now and then forgets to set a timer.",
    seams: (dice) => ({
      ...JSON_ONLY,
      clientClock: (clock) =>
        clockWith(clock, {
          setTimeout: (callback, delayMs) => clock.setTimeout(dice.chance(0.03) ? () => {} : callback, delayMs),
        }),
    }),
  },
  {
    name: "sends_an_old_snapshot",
    bug: "The server keeps the snapshot that it made for somebody else, and sends it though the quote has moved on.",
    seams: () => {
      const made = new Map<string, QuoteSnapshot>();
      return editServer(() => (message) => {
        if (message.type !== "snapshot") return message;
        return {
          ...message,
          quotes: message.quotes.map((quote) => {
            const old = made.get(quote.symbol) ?? quote;
            made.set(quote.symbol, old);
            return old;
          }),
        };
      });
    },
  },
  {
    name: "forgets_a_candle",
    bug: "The server leaves the candle of the minute that has just ended out.",
    seams: () =>
      editServer(() => (message) => {
        if (message.type === "candles") { for (const run of message.runs) run.candles.pop(); }
        return message;
      }),
  },
  {
    name: "finishes_a_candle_early",
    bug: "The server finishes a candle without its last trade.",
    seams: (dice) =>
      editServer(() => (message) => {
        if (message.type !== "candles") return message;
        for (const run of message.runs) {
          const last = run.candles.at(-1);
          if (last && last.volume > 0 && dice.chance(0.2)) last.volume -= 100;
        }
        return message;
      }),
  },
  {
    name: "keeps_yesterdays_candles",
    bug: "The server does not tell that a new day's candles replace those of the day before.",
    seams: () =>
      editServer(() => (message) => {
        if (message.type === "candles") { for (const run of message.runs) run.reset &&= run.candles.length === 0; }
        return message;
      }),
  },
  {
    name: "adds_a_volume_twice",
    bug: "The client adds what an update says to what it has.",
    seams: () =>
      editArrivals(() => {
        const volumes = new Map<string, number>();
        return (message) => {
          if (message.type !== "update" && message.type !== "snapshot") return message;
          for (const quote of message.quotes) {
            const before = volumes.get(quote.symbol);
            if (quote.volume === undefined) continue;
            if (message.type === "update" && before !== undefined) quote.volume += quote.volume - before;
            volumes.set(quote.symbol, quote.volume);
          }
          return message;
        };
      }),
  },
  {
    name: "mixes_two_runs_of_the_server",
    bug: "The client takes the sequence numbers of a server that was restarted for those of the one before.",
    seams: () =>
      editArrivals(() => (message) => message.type === "welcome" ? { ...message, epoch: "epoch-1" } : message),
  },
  {
    name: "forgets_a_tier",
    bug: "The client does not say that a symbol which was out of sight is in view again.",
    seams: () =>
      editDepartures((message) => {
        if (message.type !== "tier") return message;
        const { visible: _visible, ...rest } = message;
        return rest;
      }),
  },
  {
    name: "resumes_too_far",
    bug: "The client says of a candle that it has it, and has it not.",
    seams: () =>
      editDepartures((message) => {
        if (message.type !== "hello") return message;
        for (const { candles } of message.resume?.groups.flatMap(({ symbols }) => symbols) ?? []) {
          if (candles) candles.nextSlot++;
        }
        return message;
      }),
  },
  {
    name: "forgets_a_trade",
    bug: "The server leaves a trade out of a run.",
    seams: (dice) =>
      editServer(() => (message) => {
        if (message.type === "trades" && dice.chance(0.2)) message.runs[0]?.trades.splice(1, 1);
        return message;
      }),
  },
  {
    name: "hides_a_gap_in_the_trades",
    bug: "The server numbers the trades anew where some were lost.",
    seams: (dice) =>
      editServer(() => (message) => {
        if (message.type !== "trades") return message;
        for (const { trades } of message.runs) {
          if (trades.length > 2 && dice.chance(0.2)) trades.splice(1, 1, { ...trades[1]!, size: trades[2]!.size });
        }
        return message;
      }),
  },
  {
    name: "sends_the_book_before",
    bug: "The server sends the book that it read for somebody else a moment ago.",
    seams: () => {
      const read = new Map<string, Depth>();
      return editServer(() => (message) => {
        if (message.type !== "update") return message;
        for (const quote of message.quotes) {
          if (!quote.depth) continue;
          const before = read.get(quote.symbol) ?? quote.depth;
          read.set(quote.symbol, quote.depth);
          quote.depth = before;
        }
        return message;
      });
    },
  },
  {
    name: "sends_the_frame_before",
    bug: "The server hands out the update that it made for the version before.",
    seams: (dice) =>
      editServer(() => {
        let before: Update["quotes"] | undefined;
        return (message) => {
          if (message.type !== "update") return message;
          const quotes = before && dice.chance(0.1) ? before : message.quotes;
          before = message.quotes;
          return { ...message, quotes };
        };
      }),
  },
  {
    name: "opens_a_second_socket",
    bug: "The client takes a socket for gone as soon as it has asked it to close.",
    seams: () => ({
      ...JSON_ONLY,
      transport: (transport) =>
        wrapTransport(transport, (handlers) => handlers, (connection, handlers) => ({
          send: (data) => connection.send(data),
          close: (code, reason) => {
            connection.close(code, reason);
            handlers.onClose({ code, reason });
          },
        })),
    }),
  },
  {
    name: "takes_silence_for_life",
    bug: "The client answers its own pings, so that a dead line seems to live.",
    seams: () => ({
      ...JSON_ONLY,
      transport: (transport) =>
        wrapTransport(transport, (handlers) => handlers, (connection, handlers) => ({
          send: (data) => {
            connection.send(data);
            const { type, timeMs } = JSON.parse(String(data)) as { type: string; timeMs?: number };
            if (type === "ping" && timeMs !== undefined) {
              handlers.onMessage(encode({ type: "pong", pingTimeMs: timeMs }));
            }
          },
          close: (code, reason) => connection.close(code, reason),
        })),
    }),
  },
];

/** Loses one update in twenty, and makes the next one fit what the client has. */
function withoutSequenceCheck(dice: Dice): (message: ServerMessage) => ServerMessage | undefined {
  const held = new Map<string, number>();
  return (message) => {
    if (message.type === "snapshot") { for (const { symbol, seq } of message.quotes) held.set(symbol, seq); }
    if (message.type !== "update") return message;
    if (dice.chance(0.05)) return undefined;
    for (const quote of message.quotes as Update["quotes"]) {
      quote.prev = held.get(quote.symbol) ?? quote.prev;
      held.set(quote.symbol, quote.seq);
    }
    return message;
  };
}

/** The last frame that each socket was given. */
const LAST_FRAMES = new WeakMap<ClientSocket, { frame: number }>();

function countingSocket(socket: ClientSocket): ClientSocket {
  const last = { frame: 0 };
  const counting = wrapSocket(socket, (data) => {
    const { frame } = JSON.parse(String(data)) as { frame?: number };
    last.frame = frame ?? last.frame;
    socket.send(String(data));
  });
  LAST_FRAMES.set(counting, last);
  return counting;
}

function clockWith(clock: Clock, changes: Partial<Clock>): Clock {
  return {
    nowMs: () => clock.nowMs(),
    setTimeout: (callback, delayMs) => clock.setTimeout(callback, delayMs),
    clearTimeout: (timer) => clock.clearTimeout(timer),
    ...changes,
  };
}
