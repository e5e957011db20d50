import type { HttpAnswer, Requester } from "../../miniprogram/api/requester.ts";

/** A server for requests: a test says what each URL is answered, and may hold the answers back. */
export class FakeRequester implements Requester {
  /** Every URL asked for, in order. */
  readonly urls: string[] = [];
  /** What is answered. @default nothing, as without a network */
  answer: (url: URL) => HttpAnswer | Promise<HttpAnswer> = () => ({ status: 0, body: undefined });
  #gate: Promise<void> = Promise.resolve();
  #open: () => void = () => {};
  readonly #inFlight = new Set<Promise<HttpAnswer>>();

  get(url: string): Promise<HttpAnswer> {
    this.urls.push(url);
    const answer = this.#gate.then(() => this.answer(new URL(url)));
    this.#inFlight.add(answer);
    void answer.finally(() => this.#inFlight.delete(answer));
    return answer;
  }

  /** Holds answers back until {@link release}. */
  hold(): void {
    this.#gate = new Promise((resolve) => (this.#open = resolve));
  }

  /** Lets the answers go that wait, and waits until they are dealt with. */
  async release(): Promise<void> {
    this.#open();
    await this.settled();
  }

  /** Waits until every request is answered, those that an answer led to as well, and every answer dealt with. */
  async settled(): Promise<void> {
    do {
      await Promise.all(this.#inFlight);
      for (let i = 0; i < 10; i++) await Promise.resolve();
    } while (this.#inFlight.size > 0);
  }
}
