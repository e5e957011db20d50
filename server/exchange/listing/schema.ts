/** The shapes of the data files, and words for what is wrong in one. */
import * as z from "zod/mini";
import { Price, SymbolCode, TradingDate } from "../../../shared/mod.ts";
import { BOARDS, DAILY_VOLATILITY, type VolatilityClass } from "./stock_listing.ts";

z.config({ jitless: true });

const Text = z.string().check(z.minLength(1), z.maxLength(80));
const Percent = z.number().check(z.gt(0), z.lte(100));
const Positive = z.number().check(z.gt(0));
const Count = z.int().check(z.gte(1));
const VOLATILITY_CLASSES = Object.keys(DAILY_VOLATILITY) as [VolatilityClass, ...VolatilityClass[]];

export const STOCK_COLUMNS = [
  "symbol",
  "name",
  "nameEn",
  "sector",
  "basePrice",
  "totalSharesMillions",
  "floatSharesMillions",
  "freeFloatPercent",
  "turnoverPercent",
  "volatility",
] as const;

const StockRow = z.tuple([
  SymbolCode,
  Text,
  Text,
  Text,
  Price.check(z.gte(1)),
  Positive,
  Positive,
  Percent,
  Percent,
  z.enum(VOLATILITY_CLASSES),
]);
export type StockRow = z.infer<typeof StockRow>;

export const StockFile = z.object({
  columns: z.array(z.string()),
  rows: z.array(StockRow).check(z.minLength(1)),
  newListings: z.array(z.object({ symbol: SymbolCode, firstDay: z.int().check(z.gte(-1_000), z.lte(1_000)) })),
  suspended: z.array(z.object({ symbol: SymbolCode, days: Count.check(z.lte(1_000)) })),
});

export const SectorFile = z.array(z.object({
  id: z.string().check(z.regex(/^[a-z]+(_[a-z]+)*$/)),
  name: Text,
  nameEn: Text,
  dividendYieldPercent: z.number().check(z.gte(0), z.lte(20)),
})).check(z.minLength(1));

const DownPercent = z.int().check(z.gte(1), z.lte(99));
const UpPercent = z.int().check(z.gte(1), z.lte(1_000));
export const BoardRuleFile = z.object({
  rules: z.array(z.object({
    board: z.enum(BOARDS),
    /** First day on which the rule holds, yyyymmdd. */
    from: TradingDate,
    /** How far a price may move from prevClose in a day, in per cent. */
    limitPercent: DownPercent,
    /** The same for a stock under risk warning. */
    riskWarningLimitPercent: DownPercent,
    /** A new listing's first days without limits. */
    freeDays: z.int().check(z.gte(0), z.lte(60)),
    /** The range of a new listing's first day around the price of its issue, where that day has one of its own. */
    firstDay: z.optional(z.object({ upPercent: UpPercent, downPercent: DownPercent })),
    /** The price step, in units of 0.01 CNY. */
    tickSize: Count,
    /** Smallest purchase, in shares. */
    lot: Count,
    /** By how many shares a purchase grows above that. */
    sizeStep: Count,
    /** Largest order, in shares. */
    sizeMax: Count,
  })).check(z.minLength(1)),
});

export const IndexFile = z.array(z.object({
  symbol: SymbolCode,
  name: Text,
  nameEn: Text,
  baseLevel: Price.check(z.gte(1)),
  /** Boards whose stocks may be members, each with its exchange: `main.SH`. */
  boards: z.array(z.string().check(z.regex(/^(main|chinext|star|bse)\.(SH|SZ|BJ)$/))).check(z.minLength(1)),
  listedDaysMin: z.int().check(z.gte(0)),
  weighting: z.enum(["total", "free_float", "free_float_steps"]),
  rankedBy: z.enum(["total", "free_float"]),
  membersMax: z.nullable(Count),
  weightPercentMax: Percent,
})).check(z.minLength(1));

/**
 * Parses one data file.
 *
 * @param file Its name, for the message.
 * @param describe Names the place of a fault better than its path does.
 * @throws RangeError saying which file, where in it, what is wrong and what to do.
 */
export function parseFile<T extends z.ZodMiniType>(
  file: string,
  schema: T,
  data: unknown,
  describe: (path: readonly PropertyKey[]) => string = (path) => path.map(String).join("."),
): z.infer<T> {
  const parsed = z.safeParse(schema, data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue && issue.path.length > 0 ? describe(issue.path) : "its top";
  throw new RangeError(`${file}, ${where}: ${issue?.message ?? "not as expected"}. Correct the file and start again.`);
}
