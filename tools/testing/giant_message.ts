/**
 * A hostile client as a process of its own, so that its work is not done by the test: it sends one message in fragments of
 * 1 MiB, reads to the end of the line, and prints how many fragments went out.
 *
 *   giant_message.ts PORT MIB text|binary MIB_PER_PAUSE
 */
import { OPCODE, RawSocket } from "./raw_socket.ts";

const PAUSE_MS = 10;

const [port, mib, kind, mibPerPause] = [Number(Deno.args[0]), Number(Deno.args[1]), Deno.args[2], Number(Deno.args[3])];
const payload = new Uint8Array(1_048_576).fill(0x20);
const first = RawSocket.frameBytes(kind === "text" ? OPCODE.text : OPCODE.binary, payload, { fin: false });
const next = RawSocket.frameBytes(OPCODE.continuation, payload, { fin: false });
const last = RawSocket.frameBytes(OPCODE.continuation, payload);

using socket = await RawSocket.connect(port);
await socket.sendText('{"type":"hello"}');
let sentMib = 0;
try {
  for (; sentMib < mib; sentMib++) {
    await socket.sendBytes(sentMib === 0 ? first : sentMib === mib - 1 ? last : next);
    if (sentMib % mibPerPause === 0) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  await socket.countRest();
} catch {
  // The line was cut on the way.
}
console.log(sentMib);
