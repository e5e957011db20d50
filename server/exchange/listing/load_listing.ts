/** Reads the listing from its data files, and says what is wrong in them before a market opens. */
import type { Price, SymbolCode } from "../../../shared/mod.ts";
import { CODE_RANGES_TEXT, hasRiskWarning, placeOfSymbol } from "./codes.ts";
import sectorData from "./data/sectors.json" with { type: "json" };
import stockData from "./data/stocks.json" with { type: "json" };
import { parseFile, SectorFile, STOCK_COLUMNS, StockFile, type StockRow } from "./schema.ts";
import { DAILY_VOLATILITY, type Listing, type Sector, type StockListing } from "./stock_listing.ts";

const STOCKS_FILE = "stocks.json";
const SECTORS_FILE = "sectors.json";

/** The shares that one unit of the columns in millions stands for. */
const MILLION = 1_000_000;

/**
 * The listing of the data files.
 *
 * @param stocks Of the shape of `data/stocks.json`. @default that file
 * @param sectors Of the shape of `data/sectors.json`. @default that file
 * @throws RangeError naming the file, the row, the column, the fault and what to do.
 */
export function loadListing(stocks: unknown = stockData, sectors: unknown = sectorData): Listing {
  const knownSectors = loadSectors(sectors);
  const file = parseFile(STOCKS_FILE, StockFile, stocks, (path) => placeOf(stocks, path));
  if (file.columns.join() !== STOCK_COLUMNS.join()) {
    throw new RangeError(
      `${STOCKS_FILE}, columns: they must be ${
        STOCK_COLUMNS.join(", ")
      }, in this order, because rows are read by place.`,
    );
  }
  const firstDays = new Map(file.newListings.map(({ symbol, firstDay }) => [symbol, firstDay]));
  const suspended = new Map(file.suspended.map(({ symbol, days }) => [symbol, days]));
  const seen = new Set<string>();
  const result = file.rows.map((row, index) => {
    const fail = (fault: string): never => {
      throw new RangeError(`${STOCKS_FILE}, row ${index + 1} (${row[0]} ${row[1]}): ${fault}`);
    };
    if (seen.has(row[0])) fail("the symbol stands in the list twice. Remove one of the two rows.");
    seen.add(row[0]);
    return stockOf(row, { knownSectors, firstDay: firstDays.get(row[0]), suspendedDays: suspended.get(row[0]), fail });
  });
  for (const [list, symbols] of [["newListings", firstDays], ["suspended", suspended]] as const) {
    for (const symbol of symbols.keys()) {
      if (seen.has(symbol)) continue;
      throw new RangeError(`${STOCKS_FILE}, ${list}: ${symbol} is not among the rows. Add it there or remove it here.`);
    }
  }
  return { stocks: result, sectors: [...knownSectors.values()] };
}

function loadSectors(data: unknown): Map<string, Sector> {
  const sectors = new Map<string, Sector>();
  for (const { id, name, nameEn, dividendYieldPercent } of parseFile(SECTORS_FILE, SectorFile, data)) {
    if (sectors.has(id)) throw new RangeError(`${SECTORS_FILE}: the sector ${id} stands there twice. Remove one.`);
    sectors.set(id, { id, name, nameEn, dividendYield: dividendYieldPercent / 100 });
  }
  return sectors;
}

interface RowContext {
  readonly knownSectors: ReadonlyMap<string, Sector>;
  readonly firstDay: number | undefined;
  readonly suspendedDays: number | undefined;
  readonly fail: (fault: string) => never;
}

function stockOf(row: StockRow, { knownSectors, firstDay, suspendedDays, fail }: RowContext): StockListing {
  const [symbol, name, nameEn, sector, basePrice, totalMillions, floatMillions, freePercent, turnover, volatility] =
    row;
  const place = placeOfSymbol(symbol) ?? fail(`no stock has such a code. Stocks have ${CODE_RANGES_TEXT}.`);
  if (!knownSectors.has(sector)) fail(`the sector "${sector}" is not in ${SECTORS_FILE}. Add it there or correct it.`);
  const totalShares = Math.round(totalMillions * MILLION);
  const floatShares = Math.round(floatMillions * MILLION);
  if (floatShares > totalShares) fail("floatSharesMillions is more than totalSharesMillions. Correct one of them.");
  if (!Number.isSafeInteger(totalShares * basePrice)) fail("the company is worth too much to compute with exactly.");
  return completeStock({
    symbol,
    name,
    nameEn,
    ...place,
    sector,
    basePrice,
    totalShares,
    floatShares,
    freeFloatPercent: freePercent,
    turnoverRate: turnover / 100,
    volatilityClass: volatility,
    generated: false,
    ...(firstDay === undefined ? {} : { firstDay }),
    ...(suspendedDays === undefined ? {} : { suspendedDays }),
  });
}

type Derived = "averageDailyVolume" | "dailyVolatility" | "riskWarning";

/** Adds what follows from the other facts. */
export function completeStock(stock: Omit<StockListing, Derived>): StockListing {
  return {
    ...stock,
    averageDailyVolume: Math.max(1, Math.round(stock.floatShares * stock.turnoverRate)),
    dailyVolatility: DAILY_VOLATILITY[stock.volatilityClass],
    riskWarning: hasRiskWarning(stock.name),
  };
}

/** `rows.16.4` as a person finds it in the file: row 17 (600519.SH), column basePrice. */
function placeOf(data: unknown, path: readonly PropertyKey[]): string {
  const [list, index, column] = path;
  if (list !== "rows" || typeof index !== "number") return path.map(String).join(".");
  const rows = typeof data === "object" && data && "rows" in data ? data.rows : undefined;
  const row = Array.isArray(rows) ? rows[index] as unknown : undefined;
  const symbol = Array.isArray(row) && typeof row[0] === "string" ? ` (${row[0]})` : "";
  const name = typeof column === "number" ? `, column ${STOCK_COLUMNS[column] ?? column + 1}` : "";
  return `row ${index + 1}${symbol}${name}`;
}

/** Finds stocks by their symbol. */
export function bySymbol<T extends { readonly symbol: SymbolCode }>(stocks: readonly T[]): ReadonlyMap<string, T> {
  return new Map(stocks.map((stock) => [stock.symbol, stock]));
}

/** The market value of all A shares at a price, in units of 0.01 CNY. */
export function marketValue(stock: StockListing, at: Price = stock.basePrice): number {
  return stock.totalShares * at;
}
