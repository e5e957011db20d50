/** Bugs that somebody could write into the client. */
import { type Clock, encode, type ServerMessage, type ServerMessageOf } from "../../../shared/mod.ts";
import type { PollAnswer } from "../../../miniprogram/net/poll_transport.ts";
import type { Dice } from "../dice.ts";
import { editArrivals, editDepartures, JSON_ONLY, wrapTransport } from "./edits.ts";
import type { Mutant } from "./mutant.ts";

type Update = ServerMessageOf<"update">;

export const CLIENT_BUGS: readonly Mutant[] = [
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
  {
    name: "takes_an_answer_from_a_cache",
    bug: "The client's polls are answered from a cache.",
    seams: () => {
      let cached: PollAnswer | undefined;
      return {
        ...JSON_ONLY,
        pollTransport: (transport) => ({
          post: (request, done) => transport.post(request, (answer) => done(cached ??= answer)),
        }),
      };
    },
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

function clockWith(clock: Clock, changes: Partial<Clock>): Clock {
  return {
    nowMs: () => clock.nowMs(),
    setTimeout: (callback, delayMs) => clock.setTimeout(callback, delayMs),
    clearTimeout: (timer) => clock.clearTimeout(timer),
    ...changes,
  };
}
