/** The states of the line to the server, and which may follow which. */

/**
 * - `idle`: nobody asked for a line yet, or the app is in the background;
 * - `connecting`: a socket is being opened;
 * - `negotiating`: the socket is open, `hello` is sent, `welcome` is awaited;
 * - `live`: the server talks; the only state in which a price may look live;
 * - `stalled`: the server should have been heard by now and was not; every price is stale;
 * - `waiting`: no line; the next attempt comes by itself at `retryAtMs`;
 * - `closed`: no line and no further attempt until `open()`: by our own `close()`, or because trying again cannot help.
 */
export type ClientState = "idle" | "connecting" | "negotiating" | "live" | "stalled" | "waiting" | "closed";

const NEXT_STATES: Readonly<Record<ClientState, readonly ClientState[]>> = {
  idle: ["connecting", "waiting", "closed"],
  connecting: ["negotiating", "waiting", "idle", "closed"],
  negotiating: ["live", "waiting", "idle", "closed"],
  live: ["stalled", "waiting", "idle", "closed"],
  stalled: ["live", "waiting", "idle", "closed"],
  waiting: ["connecting", "idle", "closed"],
  closed: ["connecting", "waiting", "idle"],
};

/** Whether the client may go from `from` to `to`. A state never follows itself. */
export function isLegalTransition(from: ClientState, to: ClientState): boolean {
  return NEXT_STATES[from].includes(to);
}
