/** The shape of a stored market, for what comes back from a disk. */
import * as z from "zod/mini";
import { Count, Price, SymbolCode, TradingDate } from "../../../shared/mod.ts";
import type { ClosedMarket } from "./closed_market.ts";

const Finite = z.number();
const Slow = z.object({ day: Finite, month: Finite });
const Positive = z.number().check(z.gt(0));

const Shape = z.object({
  seed: Count,
  marketStart: TradingDate,
  nextDate: TradingDate,
  factors: z.object({ market: Slow, sectors: z.record(z.string(), Slow) }),
  stocks: z.array(z.object({
    symbol: z.string(),
    close: Price,
    price: z.object({ logPrice: Finite, slow: Slow }),
    anchorPrice: Positive,
    sharesFactor: Positive,
  })),
  indices: z.array(z.object({
    symbol: SymbolCode,
    close: Price,
    divisor: Positive,
    members: z.array(z.object({ symbol: z.string(), weight: z.int().check(z.gt(0)) })),
  })),
});

/** @returns `undefined` for anything that is not a market. */
export function readClosedMarket(value: unknown): ClosedMarket | undefined {
  const parsed = z.safeParse(Shape, value);
  return parsed.success ? parsed.data : undefined;
}
