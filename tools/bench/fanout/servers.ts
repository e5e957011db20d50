import { builtPath } from "./build.ts";
import { LineProcess } from "./line_process.ts";
import type { Load } from "./load.ts";

export type ServerId =
  | "raw"
  | "raw-acks"
  | "tickwire"
  | "deno-frames"
  | "tickwire-json"
  | "deno"
  | "ws"
  | "websocket"
  | "socketio"
  | "polling";

export interface ServerKind {
  readonly id: ServerId;
  readonly label: string;
  /** What the load generator calls this server's messages. */
  readonly mode: "raw" | "raw-acks" | "binary" | "json" | "ticks" | "socketio" | "poll";
  /** Whether each tick is a message of its own, so that the rate of ticks is the load. */
  readonly sendsEachTick: boolean;
  start(load: Load, secondsMax: number): LineProcess;
}

const PEERS_FOLDER = new URL("peers/", import.meta.url).pathname;

const feedArgs = ({ marketSymbols, periodMs }: Load, secondsMax: number) =>
  [marketSymbols, periodMs, secondsMax].map(String);

function deno(file: string, permissions: string[] = [], argsOf = feedArgs): ServerKind["start"] {
  const flags = ["--config=deno.json", "--no-prompt", "--no-check", "--quiet", "--allow-net=127.0.0.1", ...permissions];
  const path = `${PEERS_FOLDER}${file}`;
  return (load, secondsMax) =>
    new LineProcess(file, Deno.execPath(), ["run", ...flags, path, ...argsOf(load, secondsMax)]);
}

function node(name: string): ServerKind["start"] {
  return (load, secondsMax) =>
    new LineProcess(name, "node", [builtPath(`${name}.mjs`), ...feedArgs(load, secondsMax)], {
      FANOUT_PEERS_FOLDER: PEERS_FOLDER,
      NODE_ENV: "production",
    });
}

const frameArgs = ({ framesPerSecond, symbols, periodMs }: Load, secondsMax: number) =>
  [1000 / framesPerSecond, symbols, periodMs, secondsMax].map(String);

const raw: ServerKind["start"] = (load, secondsMax) =>
  new LineProcess("raw", builtPath("raw"), frameArgs(load, secondsMax));

/** Of `deno task start`. */
const V8_FLAGS = "--v8-flags=--max-semi-space-size=4";
const tickwire = deno("tickwire.ts", [V8_FLAGS, "--allow-read=build/preview"]);

/** In the order of the tables; measured in this order too, round by round. */
export const SERVERS: readonly ServerKind[] = [
  { id: "raw", label: "raw: C, ready frames, one write each", mode: "raw", sendsEachTick: false, start: raw },
  { id: "tickwire", label: "Tickwire", mode: "binary", sendsEachTick: false, start: tickwire },
  { id: "raw-acks", label: "raw, which also reads acks", mode: "raw-acks", sendsEachTick: false, start: raw },
  {
    id: "deno-frames",
    label: "bare Deno, raw's frames and acks",
    mode: "raw-acks",
    sendsEachTick: false,
    start: deno("deno_frames.ts", [V8_FLAGS], frameArgs),
  },
  { id: "tickwire-json", label: "Tickwire, as JSON", mode: "json", sendsEachTick: false, start: tickwire },
  {
    id: "deno",
    label: "Deno.upgradeWebSocket, JSON per tick",
    mode: "ticks",
    sendsEachTick: true,
    start: deno("deno_upgrade.ts"),
  },
  { id: "ws", label: "ws, JSON per tick", mode: "ticks", sendsEachTick: true, start: node("ws") },
  {
    id: "websocket",
    label: "WebSocket-Node, JSON per tick",
    mode: "ticks",
    sendsEachTick: true,
    start: node("websocket_node"),
  },
  {
    id: "socketio",
    label: "Socket.IO, event per tick",
    mode: "socketio",
    sendsEachTick: true,
    start: node("socket_io"),
  },
  { id: "polling", label: "HTTP polling", mode: "poll", sendsEachTick: false, start: deno("http_polling.ts") },
];

export function labelOf(id: ServerId): string {
  return SERVERS.find((server) => server.id === id)?.label ?? id;
}
