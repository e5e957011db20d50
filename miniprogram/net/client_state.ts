/** The states of the line to the server, and which may follow which. */

/**
 * - `idle`: nobody asked for a line yet, or the app is in the background;
 * - `connecting`: a socket is being opened;
 * - `negotiating`: the socket is open, `hello` is sent, `welcome` is awaited;
 * - `live`: the server talks; a price may look live;
 * - `stalled`: the server should have been heard by now and was not; every price is stale;
 * - `polling`: no socket can be had, so quotes come by HTTP, every two seconds; prices may look live while polls are answered;
 * - `waiting`: no line; the next attempt comes by itself at `retryAtMs`;
 * - `closed`: no line and no further attempt until `open()`: by our own `close()`, or because trying again cannot help.
 */
export type ClientState = "idle" | "connecting" | "negotiating" | "live" | "stalled" | "polling" | "waiting" | "closed";

/** The states of a line; polling takes its place where there can be none. */
export type LineState = Exclude<ClientState, "polling">;

const NEXT_STATES: Readonly<Record<ClientState, readonly ClientState[]>> = {
  idle: ["connecting", "waiting", "closed"],
  connecting: ["negotiating", "polling", "waiting", "idle", "closed"],
  negotiating: ["live", "polling", "waiting", "idle", "closed"],
  live: ["stalled", "waiting", "idle", "closed"],
  stalled: ["live", "waiting", "idle", "closed"],
  polling: ["live", "connecting", "negotiating", "waiting", "idle", "closed"],
  waiting: ["connecting", "polling", "idle", "closed"],
  closed: ["connecting", "waiting", "idle"],
};

/** Whether the client may go from `from` to `to`. A state never follows itself. */
export function isLegalTransition(from: ClientState, to: ClientState): boolean {
  return NEXT_STATES[from].includes(to);
}
