/**
 * Bare Deno.upgradeWebSocket with Tickwire's batching: the ready frames of raw.c, as often, to as many clients, whose
 * acknowledgements it receives and drops. What is dearer than this is Tickwire's own; what this costs beyond raw is Deno's.
 */
import { syntheticSymbols, tickOffsetMs, wallClockMs } from "../synthetic_feed.ts";

/** Clients are spread over as many phases of the interval as Tickwire's are. */
const PHASES = 10;
/** Two bytes of ticks, six of the newest one's time. */
const SYMBOL_BYTES = 8;

const [intervalMs = 100, symbolCount = 20, periodMs = 99, secondsMax = 60] = Deno.args.map(Number);
const symbols = syntheticSymbols(symbolCount);
const phases = Array.from({ length: PHASES }, () => new Set<WebSocket>());
const sentTicks = phases.map(() => symbols.map(() => 0));
let joined = 0;

const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
  const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 12 });
  socket.binaryType = "arraybuffer";
  const phase = phases[joined++ % PHASES];
  // The first message subscribes; the others acknowledge.
  socket.onmessage = () => phase?.add(socket);
  socket.onclose = () => phase?.delete(socket);
  socket.onerror = (event) => event.preventDefault();
  return response;
});

const startMs = Math.ceil(wallClockMs());
const frame = new Uint8Array(symbolCount * SYMBOL_BYTES);
const view = new DataView(frame.buffer);

/** Symbols tick as those of the synthetic feed. */
function writeFrame(sent: number[]): void {
  const now = wallClockMs();
  for (let i = 0; i < symbolCount; i++) {
    const offsetMs = tickOffsetMs(i, symbolCount, periodMs);
    const tick = Math.floor((now - startMs - offsetMs) / periodMs);
    const timeMs = startMs + offsetMs + tick * periodMs;
    view.setUint16(i * SYMBOL_BYTES, tick - (sent[i] ?? 0), true);
    view.setUint32(i * SYMBOL_BYTES + 2, timeMs % 2 ** 32, true);
    view.setUint16(i * SYMBOL_BYTES + 6, timeMs / 2 ** 32, true);
    sent[i] = tick;
  }
}

function turn(step: number): void {
  const phase = step % PHASES;
  writeFrame(sentTicks[phase] ?? []);
  for (const socket of phases[phase] ?? []) socket.send(frame);
  const dueMs = startMs + (step + 1) * intervalMs / PHASES;
  setTimeout(turn, Math.max(0, dueMs - wallClockMs()), step + 1);
}

setTimeout(() => Deno.exit(3), secondsMax * 1000);
turn(0);
console.log(JSON.stringify({ port: server.addr.port }));
// The benchmark's end is this one's too.
for await (const _ of Deno.stdin.readable);
Deno.exit(0);
