import type { ResumePosition } from "../../shared/mod.ts";
import type { SymbolState } from "../market/symbol_state.ts";
import type { ResumeKind } from "./delivery_stats.ts";
import type { Holding } from "./holdings.ts";

/** What becomes of a symbol that a client brought along: nothing to send, an update, or a snapshot. */
export type ResumeVerdict = ResumeKind;

/**
 * What a client has of a symbol by its own word. A word that cannot be true, such as a version that the server has not reached,
 * counts as none.
 */
export function resumed(
  { seq, candles, trades }: SymbolState,
  position: ResumePosition,
): Pick<Holding, "known" | "candles" | "trades"> & { verdict: ResumeVerdict } {
  const known = position.seq !== undefined && position.seq > 0 && position.seq <= seq ? position.seq : undefined;
  const candlesGood = known !== undefined && position.candles?.tradingDate === candles.tradingDate &&
    position.candles.nextSlot <= candles.nextSlot;
  const tradesGood = known !== undefined && position.trades?.tradingDate === trades.tradingDate &&
    position.trades.nextNo <= trades.position.nextNo;
  return {
    known,
    candles: candlesGood ? position.candles : undefined,
    trades: tradesGood ? position.trades : undefined,
    verdict: known === undefined ? "snapshot" : known === seq ? "current" : "delta",
  };
}
