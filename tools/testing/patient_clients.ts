/** Clients that look after themselves: those of the mini-program, over Deno's WebSocket. */
import type { QuoteClient } from "../../miniprogram/net/quote_client.ts";
import { createQuoteClient } from "../../miniprogram/net/socket_quote_client.ts";
import { systemClock } from "../../shared/mod.ts";
import { webSocketTransport } from "../watch/web_socket_transport.ts";
import { inTime } from "./raw_socket.ts";

/** Several of them, and when each last had a price. */
export class PatientClients implements Disposable {
  readonly #clients: QuoteClient[] = [];
  /** Of each client the time of its last price change, in milliseconds of `performance.now()`. */
  readonly #changedMs: number[] = [];
  #wake = () => {};

  /** Lets `count` clients subscribe, and waits until each has prices. */
  static async join(port: number, count: number, symbols: readonly string[]): Promise<PatientClients> {
    const clients = new PatientClients();
    for (let i = 0; i < count; i++) clients.#add(port, symbols);
    await clients.untilAllHavePrices();
    return clients;
  }

  /** Waits until every client has had a price from now on. */
  async untilAllHavePrices(): Promise<void> {
    const sinceMs = performance.now();
    const wait = async () => {
      while (!this.#changedMs.every((timeMs) => timeMs > sinceMs)) {
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    };
    await inTime(wait(), "prices for everybody");
  }

  #add(port: number, symbols: readonly string[]): void {
    const client = createQuoteClient({
      url: `ws://127.0.0.1:${port}/ws`,
      transport: webSocketTransport,
      clock: systemClock,
      random: Math.random,
      clientName: "tickwire-test/1",
    });
    const index = this.#clients.push(client) - 1;
    this.#changedMs.push(-Infinity);
    client.on("change", ({ quotes }) => {
      if (quotes.size === 0) return;
      this.#changedMs[index] = performance.now();
      this.#wake();
    });
    client.subscribe({ symbols, channels: ["quote"] });
    client.open();
  }

  [Symbol.dispose](): void {
    for (const client of this.#clients) client.close();
  }
}
