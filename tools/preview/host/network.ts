/// <reference lib="dom" />

export type NetworkType = "wifi" | "none";

/** What wx.onNetworkStatusChange reports. */
export interface NetworkStatus {
  isConnected: boolean;
  networkType: NetworkType;
}

/** What wx.onNetworkWeakChange reports. */
export interface NetworkWeakness {
  weakNet: boolean;
  networkType: NetworkType;
}

/** The phone's network: the browser's, unless the visitor or a test takes it away. */
export class PhoneNetwork {
  readonly statusListeners = new Set<(status: NetworkStatus) => void>();
  readonly weakListeners = new Set<(weakness: NetworkWeakness) => void>();
  /** Told when the connection is lost; open sockets end. */
  readonly lossListeners = new Set<() => void>();
  #cutOff = false;
  #weak = false;
  /** While set, packets disappear both ways and nobody is told: the case that only a watchdog notices. */
  isStalled = false;

  constructor() {
    globalThis.addEventListener("online", () => this.#notify());
    globalThis.addEventListener("offline", () => this.#notify());
  }

  get isConnected(): boolean {
    return !this.#cutOff && navigator.onLine;
  }

  get isWeak(): boolean {
    return this.#weak;
  }

  get status(): NetworkStatus {
    return { isConnected: this.isConnected, networkType: this.isConnected ? "wifi" : "none" };
  }

  /** Takes the network away: sockets end, requests fail. */
  goOffline(): void {
    if (this.#cutOff) return;
    this.#cutOff = true;
    this.#notify();
  }

  /** Gives the network back. */
  goOnline(): void {
    if (!this.#cutOff) return;
    this.#cutOff = false;
    this.#notify();
  }

  /** Reports a weak network, or that it is over. Nothing becomes slower. */
  setWeak(weak: boolean): void {
    if (this.#weak === weak) return;
    this.#weak = weak;
    for (const listener of this.weakListeners) listener({ weakNet: weak, networkType: this.status.networkType });
  }

  #notify(): void {
    if (!this.isConnected) { for (const listener of this.lossListeners) listener(); }
    for (const listener of this.statusListeners) listener(this.status);
  }
}
