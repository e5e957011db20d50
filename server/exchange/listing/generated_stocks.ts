/**
 * Made-up stocks by the thousand, to load a market with. Their names say what they are (测试0001), and their codes lie in
 * ranges of the boards that no company has, but for Beijing, which has one range for all.
 */
import { price, SymbolCode } from "../../../shared/mod.ts";
import { Random } from "../random.ts";
import { placeOfSymbol } from "./codes.ts";
import { completeStock } from "./load_listing.ts";
import { DAILY_VOLATILITY, type Listing, type StockListing, type VolatilityClass } from "./stock_listing.ts";

/** The share of each board in a large market, in the order of generation. */
interface CodeSeries {
  readonly share: number;
  readonly suffix: string;
  readonly first: number;
  readonly last: number;
}

const SERIES: readonly CodeSeries[] = [
  { share: 0.34, suffix: "SH", first: 606_000, last: 609_999 },
  { share: 0.28, suffix: "SZ", first: 4_000, last: 9_999 },
  { share: 0.25, suffix: "SZ", first: 303_000, last: 309_999 },
  { share: 0.09, suffix: "SH", first: 689_010, last: 689_999 },
  { share: 0.04, suffix: "BJ", first: 920_000, last: 920_999 },
];

/** Most stocks that the code ranges hold, whatever is listed beside them. */
export const GENERATED_MAX = 10_000;

const VOLATILITY_CLASSES = Object.keys(DAILY_VOLATILITY) as VolatilityClass[];

/**
 * A listing filled up with generated stocks until it has `count`; one that has as many already is given back as it is.
 *
 * The same seed and listing give the same stocks, and a larger count only adds to a smaller one's.
 *
 * @param count Stocks in all, at most the listing's own and {@link GENERATED_MAX}.
 * @throws RangeError for a count that is not a whole number or too large.
 */
export function withGeneratedStocks(listing: Listing, count: number, seed: number): Listing {
  const missing = count - listing.stocks.length;
  if (!Number.isInteger(count) || count < 1 || missing > GENERATED_MAX) {
    const max = listing.stocks.length + GENERATED_MAX;
    throw new RangeError(`The number of stocks must be a whole number from 1 to ${max}, got ${count}`);
  }
  if (missing <= 0) return listing;
  const taken = new Set<string>(listing.stocks.map(({ symbol }) => symbol));
  const next = SERIES.map(({ first }) => first);
  const generated: StockListing[] = [];
  for (let number = 1; number <= missing; number++) {
    const random = Random.stream(seed, `generated stock ${number}`);
    const symbol = freeSymbol(random.uniform(), next, taken);
    generated.push(stockOf(symbol, number, listing, random));
  }
  return { ...listing, stocks: [...listing.stocks, ...generated] };
}

/** The next free code of the series that a draw from [0, 1) falls into, or of the next one when that is full. */
function freeSymbol(draw: number, next: number[], taken: ReadonlySet<string>): string {
  let start = 0;
  for (let rest = draw; start < SERIES.length - 1 && rest >= (SERIES[start]?.share ?? 1); start++) {
    rest -= SERIES[start]?.share ?? 0;
  }
  for (let i = 0; i < SERIES.length; i++) {
    const index = (start + i) % SERIES.length;
    const series = SERIES[index];
    while (series && (next[index] ?? series.first) <= series.last) {
      const code = next[index] ?? series.first;
      next[index] = code + 1;
      const symbol = `${String(code).padStart(6, "0")}.${series.suffix}`;
      if (!taken.has(symbol)) return symbol;
    }
  }
  throw new Error(`The code ranges hold fewer stocks than GENERATED_MAX says: ${GENERATED_MAX}`);
}

function stockOf(symbol: string, number: number, { sectors }: Listing, random: Random): StockListing {
  const place = placeOfSymbol(symbol);
  const sector = sectors[Math.floor(random.uniform() * sectors.length)];
  if (!place || !sector) throw new Error(`The generated symbol ${symbol} belongs to no board or no sector`);
  const pick = random.uniform();
  const volatilityClass = VOLATILITY_CLASSES[pick < 0.15 ? 0 : pick < 0.55 ? 1 : pick < 0.92 ? 2 : 3];
  if (!volatilityClass) throw new Error("There are four classes of volatility");
  // Log-normal sizes about the medians of the A-share market: 12 CNY, 500 million shares, 2 % of them traded a day.
  const basePrice = price(clamp(Math.round(1_200 * Math.exp(0.75 * random.normal())), 120, 60_000));
  const totalShares = clamp(Math.round(5e8 * Math.exp(0.8 * random.normal())), 5e7, 2e10);
  const floatShares = Math.round(totalShares * (0.45 + 0.55 * random.uniform()));
  return completeStock({
    symbol: SymbolCode.parse(symbol),
    name: `测试${String(number).padStart(4, "0")}`,
    nameEn: `Test ${String(number).padStart(4, "0")}`,
    ...place,
    sector: sector.id,
    basePrice,
    totalShares,
    floatShares,
    freeFloatPercent: Math.max(5, Math.floor((floatShares / totalShares) * (50 + 45 * random.uniform()))),
    turnoverRate: clamp(0.02 * Math.exp(0.7 * random.normal()), 0.002, 0.2),
    volatilityClass,
    generated: true,
  });
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
