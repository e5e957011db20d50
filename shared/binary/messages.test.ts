import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { clientMessage, serverMessage, stateMessage } from "../../tools/testing/arbitrary_messages.ts";
import { BinaryLine } from "../../tools/testing/binary_line.ts";
import { decodeClient, decodeServer, encode } from "../codec.ts";
import { DEFAULT_LIMITS } from "../limits.ts";
import type { SymbolCode } from "../market.ts";
import type { ServerMessage } from "../messages.ts";
import { decodeClientBytes, encodeClient } from "./mod.ts";

const SEED = 20261120;

/** Updates as a server sends them: most build on what the client has, some do not. */
function onWhatIsHeld(line: BinaryLine, message: ServerMessage, chance: () => boolean): ServerMessage {
  if (message.type !== "update") return message;
  const latest = new Map<string, number>();
  const quotes = message.quotes.map((update) => {
    const seq = latest.get(update.symbol) ?? line.seq(update.symbol);
    if (seq === undefined || !chance()) return update;
    const inStep = { ...update, prev: seq, seq: Math.min(seq + update.merged, Number.MAX_SAFE_INTEGER) };
    latest.set(update.symbol, inStep.seq);
    return { ...inStep, merged: inStep.seq - inStep.prev };
  });
  return { ...message, quotes };
}

Deno.test("property: every message of a client comes back from its bytes as it was, and as it does from JSON", () => {
  fc.assert(
    fc.property(clientMessage, (message) => {
      const decoded = decodeClientBytes(encodeClient(message));
      assert(decoded.ok, decoded.ok ? "" : decoded.fault.message);
      assertEquals(decoded.message, message);
      assertEquals(decoded, decodeClient(encode(message)));
    }),
    { numRuns: 1_000, seed: SEED },
  );
});

Deno.test("property: whatever a server says on one connection comes back as it was, and as it does from JSON", () => {
  let inStep = 0;
  const messages = fc.array(fc.oneof(serverMessage, stateMessage, stateMessage), { maxLength: 16, size: "max" });
  fc.assert(
    fc.property(messages, fc.infiniteStream(fc.nat({ max: 3 })), (all, dice) => {
      const line = new BinaryLine();
      for (const any of all) {
        const message = onWhatIsHeld(line, any, () => dice.next().value !== 0);
        if (message.type === "update") inStep += message.quotes.filter((q) => q.prev === line.seq(q.symbol)).length;
        const bytes = line.encode(message);
        const decoded = line.decoder.decode(bytes);
        assert(decoded.ok, decoded.ok ? "" : decoded.fault.message);
        assertEquals(decoded.message, message);
        assertEquals(decoded, decodeServer(encode(message)));
      }
    }),
    { numRuns: 300, seed: SEED },
  );
  assert(inStep > 500, `only ${inStep} updates built on what the client had`);
});

Deno.test("property: a message that is cut off anywhere is a fault, whatever bytes follow in memory", () => {
  fc.assert(
    fc.property(serverMessage, fc.integer({ min: 0, max: 255 }), (message, filler) => {
      const whole = new BinaryLine().encode(message);
      const memory = new Uint8Array(whole.length + 64).fill(filler);
      for (let length = 0; length < whole.length; length++) {
        memory.set(whole.subarray(0, length));
        memory.fill(filler, length);
        const decoded = new BinaryLine().decoder.decode(memory.subarray(0, length));
        assert(!decoded.ok, `${length} of ${whole.length} bytes were taken for a message`);
        assertEquals(decoded.fault.code, "bad_field");
      }
    }),
    { numRuns: 150, seed: SEED },
  );
});

Deno.test("property: a client's message that is cut off anywhere is a fault", () => {
  fc.assert(
    fc.property(clientMessage, (message) => {
      const whole = encodeClient(message);
      for (let length = 0; length < whole.length; length++) {
        assert(!decodeClientBytes(whole.subarray(0, length)).ok, `${length} of ${whole.length} bytes`);
      }
    }),
    { numRuns: 200, seed: SEED },
  );
});

Deno.test("property: bytes that a newer version appends to a message change nothing", () => {
  fc.assert(
    fc.property(clientMessage, serverMessage, fc.uint8Array({ minLength: 1 }), (fromClient, fromServer, more) => {
      const appended = (bytes: Uint8Array) => new Uint8Array([...bytes, ...more]);
      assertEquals(decodeClientBytes(appended(encodeClient(fromClient))), { ok: true, message: fromClient });
      const line = new BinaryLine();
      assertEquals(line.decoder.decode(appended(line.encode(fromServer))), { ok: true, message: fromServer });
    }),
    { numRuns: 500, seed: SEED },
  );
});

Deno.test("what arrives as an ArrayBuffer, as phones give it, reads like the bytes", () => {
  const bytes = encodeClient({ type: "ack", frame: 300 });
  assertEquals(decodeClientBytes(bytes.buffer), decodeClientBytes(bytes));
});

Deno.test("all the symbols that a connection may have resume in one hello, in half of the bytes that a message may have", () => {
  const symbols = Array.from({ length: DEFAULT_LIMITS.symbolsMax }, (_, i) => ({
    symbol: `${String(600_000 + 7 * i)}.SH` as string as SymbolCode,
    seq: 1_000_000 + i,
    candles: { tradingDate: 20261120, nextSlot: 239 },
    trades: { tradingDate: 20261120, nextNo: 100_000 + i },
  }));
  const groups = [{ channels: ["quote" as const, "depth" as const, "trades" as const, "candle" as const], symbols }];
  const epoch = "5b1e6f3c-61a1-4c5b-9d0e-3f2f0f1f7d55";
  const bytes = encodeClient({ type: "hello", acks: true, resume: { id: 1, epoch, rate: 5, groups } });
  assert(bytes.length < DEFAULT_LIMITS.inboundBytesMax / 2, `${bytes.length} bytes`);
});
