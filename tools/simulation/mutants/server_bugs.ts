/** Bugs that somebody could write into the server. */
import type { ClientSocket } from "../../../server/delivery/client_socket.ts";
import type { MessageData } from "../../../server/delivery/session_codec.ts";
import { UPDATE_BIT } from "../../../shared/binary/wire.ts";
import { type Depth, encode, type QuoteSnapshot, type ServerMessageOf } from "../../../shared/mod.ts";
import { BINARY_ONLY, editServer, JSON_ONLY, wrapSocket } from "./edits.ts";
import type { Mutant } from "./mutant.ts";

type Update = ServerMessageOf<"update">;

export const SERVER_BUGS: readonly Mutant[] = [
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
    name: "hands_out_old_bytes",
    bug: "The server keeps the bytes of a frame that it shares too long, and hands them out for the next one as well.",
    seams: (dice) => ({
      ...BINARY_ONLY,
      serverSocket: (socket) => {
        let before: MessageData | undefined;
        return wrapSocket(socket, (data) => {
          const isUpdate = typeof data !== "string" && ((data[0] ?? 0) & UPDATE_BIT) !== 0;
          socket.send(isUpdate && before && dice.chance(0.05) ? before : data);
          if (isUpdate) before = data;
        });
      },
    }),
  },
  {
    name: "writes_into_shared_bytes",
    bug: "The server changes a byte of a frame while it is on its way.",
    seams: (dice) => ({
      ...BINARY_ONLY,
      serverSocket: (socket) =>
        wrapSocket(socket, (data) => {
          if (typeof data === "string" || data.length < 8 || !dice.chance(0.02)) return socket.send(data);
          const spoilt = data.slice();
          const at = 4 + dice.below(data.length - 4);
          spoilt[at] = (spoilt[at] ?? 0) ^ 1;
          socket.send(spoilt);
        }),
    }),
  },
];

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
