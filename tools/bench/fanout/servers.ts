import { builtPath } from "./build.ts";
import { LineProcess } from "./line_process.ts";

/** What is asked of a server in one measurement. */
export interface Load {
  readonly clients: number;
  readonly symbols: number;
  /** Ticks of each symbol a second. */
  readonly ticksPerSecond: number;
  /** Frames a second to each client, or polls a second by each. */
  readonly framesPerSecond: number;
}

export type ServerId = "raw" | "tickwire" | "deno" | "ws" | "websocket" | "socketio" | "polling";

export interface ServerKind {
  readonly id: ServerId;
  readonly label: string;
  /** What the load generator calls this server's messages. */
  readonly mode: "raw" | "tickwire" | "ticks" | "socketio" | "poll";
  /** Whether each tick is a message of its own, so that the rate of ticks is the load. */
  readonly sendsEachTick: boolean;
  start(load: Load, secondsMax: number): LineProcess;
}

const PEERS_FOLDER = new URL("peers/", import.meta.url).pathname;

const feedArgs = ({ symbols, ticksPerSecond }: Load, secondsMax: number) =>
  [symbols, ticksPerSecond, secondsMax].map(String);

function deno(file: string, ...permissions: string[]): ServerKind["start"] {
  const path = `${PEERS_FOLDER}${file}`;
  return (load, secondsMax) =>
    new LineProcess(file, Deno.execPath(), [
      ...[
        "run",
        "--config=deno.json",
        "--no-prompt",
        "--no-check",
        "--quiet",
        "--allow-net=127.0.0.1",
        ...permissions,
        path,
      ],
      ...feedArgs(load, secondsMax),
    ]);
}

function node(name: string): ServerKind["start"] {
  return (load, secondsMax) =>
    new LineProcess(name, "node", [builtPath(`${name}.mjs`), ...feedArgs(load, secondsMax)], {
      FANOUT_PEERS_FOLDER: PEERS_FOLDER,
      NODE_ENV: "production",
    });
}

/** In the order of the tables; measured in this order too, round by round. */
export const SERVERS: readonly ServerKind[] = [
  {
    id: "raw",
    label: "raw: C, ready frames, one write each",
    mode: "raw",
    sendsEachTick: false,
    start: ({ framesPerSecond, symbols, ticksPerSecond }, secondsMax) =>
      new LineProcess("raw", builtPath("raw"), [
        ...[1000 / framesPerSecond, symbols, ticksPerSecond, secondsMax].map(String),
      ]),
  },
  {
    id: "tickwire",
    label: "Tickwire",
    mode: "tickwire",
    sendsEachTick: false,
    start: deno("tickwire.ts", "--allow-read=build/preview"),
  },
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
