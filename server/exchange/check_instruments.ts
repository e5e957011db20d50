/** Says what is wrong with a listing before a day is simulated from it. */
import { type InstrumentTable, membersOf, type StockListing } from "./instruments.ts";

/** @throws RangeError naming the instrument, the field and what it must be. */
export function checkInstruments(table: InstrumentTable): void {
  if (table.stocks.length === 0) throw new RangeError("The instruments have no stocks: list at least one");
  const seen = new Set<string>();
  for (const { symbol } of [...table.indices, ...table.stocks]) {
    if (seen.has(symbol)) throw new RangeError(`The instruments list ${symbol} twice: a symbol names one instrument`);
    seen.add(symbol);
  }
  for (const stock of table.stocks) checkStock(stock);
  for (const index of table.indices) {
    if (index.baseLevel < 1) throw new RangeError(`${index.symbol}: baseLevel must be above 0`);
    const members = membersOf(index, table);
    if (members.length === 0) {
      throw new RangeError(
        `${index.symbol}: no stock listed on ${index.exchange} ${index.boards.join(", ")}: nothing to compute it from`,
      );
    }
    const capitalisation = members.reduce((sum, stock) => sum + stock.basePrice * stock.shares, 0);
    // Half of the exact range leaves the members room to double.
    if (capitalisation > Number.MAX_SAFE_INTEGER / 2) {
      throw new RangeError(
        `${index.symbol}: its members are worth ${capitalisation} units of 0.01 CNY, too much to add up exactly`,
      );
    }
  }
}

function checkStock(stock: StockListing): void {
  const { symbol, basePrice, averageDailyVolume, volatility, shares } = stock;
  if (basePrice < 1) throw new RangeError(`${symbol}: basePrice must be at least 1 (0.01 CNY), got ${basePrice}`);
  if (!Number.isSafeInteger(shares) || shares < 1) {
    throw new RangeError(`${symbol}: shares must be a whole number above 0, got ${shares}`);
  }
  if (!(averageDailyVolume > 0 && averageDailyVolume <= shares)) {
    throw new RangeError(
      `${symbol}: averageDailyVolume must be above 0 and at most its ${shares} shares, got ${averageDailyVolume}`,
    );
  }
  if (!(volatility > 0 && volatility <= 1)) {
    throw new RangeError(
      `${symbol}: volatility is a fraction above 0 and at most 1 (0.02 is 2 % a day), got ${volatility}`,
    );
  }
}
