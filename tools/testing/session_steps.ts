/** What tests of sessions do and look at again and again. */
import { assertEquals } from "@std/assert";
import { CLOSE, type CloseName, type SymbolCode } from "../../shared/mod.ts";
import type { FakeSocket } from "./fake_socket.ts";
import type { Peer } from "./session_bench.ts";

export const A = "600001.SH" as SymbolCode;
export const B = "600002.SH" as SymbolCode;

export function subscribe(peer: Peer, symbols: string[] = [A], rate?: number): void {
  peer.say({ type: "subscribe", id: 1, symbols, channels: ["quote"], ...(rate === undefined ? {} : { rate }) });
}

export function assertClosed(socket: FakeSocket, name: CloseName): void {
  const { code, reason } = CLOSE[name];
  assertEquals(socket.closes, [{ code, reason }]);
}

/** The codes of the errors since the last look. */
export function errors(socket: FakeSocket): string[] {
  return socket.take().flatMap((message) => message.type === "error" ? [message.code] : []);
}
