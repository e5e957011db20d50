/** Numbers requests, cuts them into messages that the server takes, and remembers which are not answered yet. */
import type { Channel, ClientMessage, Resume, SymbolCode, Tier } from "../lib/shared";
import type { RepairCause } from "./book_entry";
import type { Differences, Group } from "./differences";
import { tierMessages } from "./tier_messages";

/** Bytes of one symbol in a JSON array, `"600519.SH",`, and of everything else in such a message, generously. */
const BYTES_PER_SYMBOL = 12;
const BYTES_AROUND_SYMBOLS = 200;

/** A request that awaits its answer. */
export interface PendingRequest {
  readonly kind: "join" | "leave" | "resume";
  readonly groups: readonly { readonly symbols: readonly SymbolCode[]; readonly channels: readonly Channel[] }[];
}

export interface RequestEvents {
  /** Sends one message on the present connection. */
  send(message: ClientMessage): void;
  /** The server was told that these symbols have this tier now, and answers under this number. */
  moved(tier: Tier, symbols: readonly SymbolCode[], id: number): void;
}

export class Requests {
  /** Largest message, in bytes. */
  bytesMax = 0;
  /** Messages sent so far. */
  sent = 0;
  private readonly events: RequestEvents;
  private readonly pending = new Map<number, PendingRequest>();
  private lastId = 0;

  constructor(events: RequestEvents) {
    this.events = events;
  }

  /** The number of one more request. */
  nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  /** The request of this number, if it is not answered yet; from here on it is. */
  take(id: number): PendingRequest | undefined {
    const request = this.pending.get(id);
    this.pending.delete(id);
    return request;
  }

  /** Nothing is awaited any more. */
  clear(): void {
    this.pending.clear();
  }

  /** Symbols of which the server has not said yet whether it knows them. */
  awaited(): ReadonlySet<SymbolCode> {
    const awaited = new Set<SymbolCode>();
    this.pending.forEach(({ kind, groups }) => {
      if (kind !== "leave") groups.forEach(({ symbols }) => symbols.forEach((symbol) => awaited.add(symbol)));
    });
    return awaited;
  }

  /** A hello that resumes has been said, and its answer is awaited. */
  resumed({ id, groups }: Resume): void {
    const asked = groups.map(({ channels, tier = "visible", symbols: positions }) => {
      const symbols = positions.map(({ symbol }) => symbol);
      this.events.moved(tier, symbols, id);
      return { channels, symbols };
    });
    this.pending.set(id, { kind: "resume", groups: asked });
  }

  leave({ symbols, channels }: Group): void {
    this.inChunks(symbols, (chunk) => {
      const id = this.nextId();
      this.pending.set(id, { kind: "leave", groups: [{ symbols: chunk, channels }] });
      this.send({ type: "unsubscribe", id, symbols: chunk, channels });
    });
  }

  join({ symbols, channels, tier }: Group): void {
    this.inChunks(symbols, (chunk) => {
      const id = this.nextId();
      this.pending.set(id, { kind: "join", groups: [{ symbols: chunk, channels }] });
      // The server's own default is not worth saying.
      const isSaid = tier !== undefined && tier !== "visible";
      // Before it is sent: a line that cannot even send ends there, and with it all that was noted of it.
      if (tier === "hidden") this.events.moved(tier, chunk, id);
      this.send({ type: "subscribe", id, symbols: chunk, channels, ...isSaid ? { tier } : {} });
    });
  }

  /** @param ratePerSecond The rate, where the server has another one. */
  move(moves: Differences["moves"], ratePerSecond: number | undefined): void {
    for (const message of tierMessages(moves, ratePerSecond, this.chunkSize(), () => this.nextId())) {
      const { id = 0 } = message;
      moves.forEach((symbols, tier) => {
        const moved = new Set<string>(message[tier] ?? []);
        this.events.moved(tier, symbols.filter((symbol) => moved.has(symbol)), id);
      });
      this.send(message);
    }
  }

  repair(symbols: readonly SymbolCode[], cause: RepairCause): void {
    this.inChunks(symbols, (chunk) => {
      this.send({ type: "snapshot", symbols: chunk, ...cause === "gap" ? {} : { cause } });
    });
  }

  private send(message: ClientMessage): void {
    this.sent += 1;
    this.events.send(message);
  }

  private chunkSize(): number {
    return Math.max(1, Math.floor((this.bytesMax - BYTES_AROUND_SYMBOLS) / BYTES_PER_SYMBOL));
  }

  private inChunks(symbols: readonly SymbolCode[], send: (chunk: SymbolCode[]) => void): void {
    const size = this.chunkSize();
    for (let start = 0; start < symbols.length; start += size) send(symbols.slice(start, start + size));
  }
}
