import type { ClientMessageOf, SymbolCode, Tier } from "../lib/shared";

/**
 * The `tier` messages that say what moved, and the rate where it is another one: as a rule a single one. Pure.
 *
 * @param ratePerSecond Update frames a second; `undefined` where the server knows it.
 * @param symbolsMax Symbols that one message has room for.
 * @param nextId Gives the number of one more request.
 */
export function tierMessages(
  moves: ReadonlyMap<Tier, readonly SymbolCode[]>,
  ratePerSecond: number | undefined,
  symbolsMax: number,
  nextId: () => number,
): ClientMessageOf<"tier">[] {
  const messages: ClientMessageOf<"tier">[] = [];
  let room = 0;
  moves.forEach((symbols, tier) => {
    for (let start = 0; start < symbols.length;) {
      if (room <= 0) {
        messages.push({ type: "tier", id: nextId() });
        room = symbolsMax;
      }
      const chunk = symbols.slice(start, start + room);
      const message = messages[messages.length - 1];
      if (message) message[tier] = chunk;
      start += chunk.length;
      room -= chunk.length;
    }
  });
  if (ratePerSecond === undefined) return messages;
  if (messages.length === 0) messages.push({ type: "tier", id: nextId() });
  return messages.map((message, i) => i === 0 ? { ...message, rate: ratePerSecond } : message);
}
