import { STATUS_CODE } from "@std/http/status";
import { networkOf } from "./client_network.ts";
import type { Problem } from "./problem.ts";

export interface AdmissionLimits {
  /** Connections in all. */
  readonly connectionsMax: number;
  /** Connections from one address. */
  readonly connectionsPerAddressMax: number;
}

/**
 * Counts connections, in all and by address, from the handshake until the socket has really ended. A peer that was
 * closed but never answers still holds its place: otherwise it could hold any number of them.
 */
export class Admission {
  /** By what counts as one address: see {@link networkOf}. */
  readonly #byAddress = new Map<string, number>();
  #total = 0;
  #draining = false;

  constructor(private readonly limits: AdmissionLimits) {}

  get total(): number {
    return this.#total;
  }

  get draining(): boolean {
    return this.#draining;
  }

  /** From now on nobody is let in. */
  drain(): void {
    this.#draining = true;
  }

  /** Why `address` may not connect now, or `undefined` when it may. */
  refusal(address: string): Problem | undefined {
    if (this.#draining) {
      const message = "This server is about to stop: try again in a few seconds.";
      return { status: STATUS_CODE.ServiceUnavailable, code: "draining", message, headers: { "retry-after": "5" } };
    }
    if (this.#total >= this.limits.connectionsMax) {
      const message = `All ${this.limits.connectionsMax} connections of this server are taken: try again later.`;
      return { status: STATUS_CODE.ServiceUnavailable, code: "full", message, headers: { "retry-after": "10" } };
    }
    const held = this.#byAddress.get(networkOf(address)) ?? 0;
    if (held >= this.limits.connectionsPerAddressMax) {
      const message = `${held} connections from your address are open, which is the limit: close one first.`;
      return { status: STATUS_CODE.TooManyRequests, code: "address_limit", message, headers: { "retry-after": "10" } };
    }
    return undefined;
  }

  /** Takes a place for `address`. The returned function gives it back; calling that twice is allowed. */
  enter(address: string): () => void {
    const network = networkOf(address);
    this.#total++;
    this.#byAddress.set(network, (this.#byAddress.get(network) ?? 0) + 1);
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.#total--;
      const left = (this.#byAddress.get(network) ?? 1) - 1;
      if (left === 0) this.#byAddress.delete(network);
      else this.#byAddress.set(network, left);
    };
  }
}
