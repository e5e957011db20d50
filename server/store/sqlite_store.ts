import type { DatabaseSync, SQLOutputValue, StatementSync } from "node:sqlite";
import type { Price } from "../../shared/mod.ts";
import type { Batch, CandlePlace, CandleRange, CandleStore, DailyCandle, DatedCandle } from "./candle_store.ts";
import { RowWriter } from "./row_writer.ts";
import { STORE_KEYS } from "./schema.ts";
import { guarded } from "./store_error.ts";

const BEGINNING: CandlePlace = { tradingDate: 0, slot: -1 };
const END: CandlePlace = { tradingDate: 99_999_999, slot: 0 };

/** The candles of a market in one SQLite file. Make it with `openStore`; every method may throw a `StoreError`. */
export class SqliteStore implements CandleStore {
  readonly marketId: string;
  readonly #db: DatabaseSync;
  readonly #path: string;
  readonly #ids = new Map<string, number>();
  readonly #statements = new Map<string, StatementSync>();
  readonly #minuteWriter: RowWriter;
  readonly #dailyWriter: RowWriter;
  #isOpen = true;

  /** @param db With its tables, and used by nobody else. */
  constructor(db: DatabaseSync, path: string) {
    this.#db = db;
    this.#path = path;
    this.#minuteWriter = new RowWriter(db, "minute", 9);
    this.#dailyWriter = new RowWriter(db, "daily", 8);
    this.#loadIds();
    this.marketId = String(this.getState(STORE_KEYS.marketId));
  }

  get hasHistory(): boolean {
    return this.getState(STORE_KEYS.hasHistory) === true;
  }

  writeHistory(batch: Batch): void {
    if (this.hasHistory) throw new RangeError(`The history of ${this.#path} is whole: nothing can be added to it`);
    this.write(batch);
  }

  completeHistory(state: Readonly<Record<string, unknown>>): void {
    this.write({ state: { ...state, [STORE_KEYS.hasHistory]: true } });
  }

  write({ minutes = [], daily = [], state = {} }: Batch): void {
    this.#transaction(() => {
      const lastSlots = new Map<number, number>();
      for (const { symbol, tradingDate, candles } of minutes) {
        const id = this.#idOf(symbol);
        for (const { slot, open, high, low, close, volume, turnover } of candles) {
          this.#minuteWriter.add([id, tradingDate, slot, open, high, low, close, volume, turnover]);
        }
        const last = candles.at(-1);
        if (last) lastSlots.set(tradingDate, Math.max(last.slot, lastSlots.get(tradingDate) ?? 0));
      }
      this.#minuteWriter.flush();
      for (const [tradingDate, slot] of lastSlots) this.#markMinute(tradingDate, slot);
      for (const { symbol, candles } of daily) {
        const id = this.#idOf(symbol);
        for (const { tradingDate, open, high, low, close, volume, turnover } of candles) {
          this.#dailyWriter.add([id, tradingDate, open, high, low, close, volume, turnover]);
        }
      }
      this.#dailyWriter.flush();
      for (const [key, value] of Object.entries(state)) {
        this.#statement("INSERT OR REPLACE INTO state VALUES (?, ?)").run(key, JSON.stringify(value));
      }
    });
  }

  minutes(symbol: string, { after = BEGINNING, before = END, limit, from }: CandleRange<CandlePlace>): DatedCandle[] {
    const id = this.#ids.get(symbol);
    if (id === undefined) return [];
    const rows = this.#read(
      `SELECT * FROM minute WHERE symbol_id = ? AND (trading_date, slot) > (?, ?) AND (trading_date, slot) < (?, ?)
       ORDER BY trading_date ${order(from)}, slot ${order(from)} LIMIT ?`,
      [id, after.tradingDate, after.slot, before.tradingDate, before.slot, limit],
    );
    return (from === "newest" ? rows.reverse() : rows).map((row) => ({ ...dailyOf(row), slot: Number(row.slot) }));
  }

  daily(symbol: string, { after = 0, before = END.tradingDate, limit, from }: CandleRange<number>): DailyCandle[] {
    const id = this.#ids.get(symbol);
    if (id === undefined) return [];
    const rows = this.#read(
      `SELECT * FROM daily WHERE symbol_id = ? AND trading_date > ? AND trading_date < ?
       ORDER BY trading_date ${order(from)} LIMIT ?`,
      [id, after, before, limit],
    );
    return (from === "newest" ? rows.reverse() : rows).map(dailyOf);
  }

  getState(key: string): unknown {
    const [row] = this.#read("SELECT value FROM state WHERE key = ?", [key]);
    return row && JSON.parse(String(row.value));
  }

  setState(key: string, value: unknown): void {
    this.write({ state: { [key]: value } });
  }

  lastMinute(): CandlePlace | undefined {
    const [row] = this.#read("SELECT * FROM minute_day ORDER BY trading_date DESC LIMIT 1", []);
    return row && { tradingDate: Number(row.trading_date), slot: Number(row.last_slot) };
  }

  minuteDates(): number[] {
    return this.#read("SELECT trading_date FROM minute_day ORDER BY trading_date", []).map((row) =>
      Number(row.trading_date)
    );
  }

  dropMinutesBefore(tradingDate: number): number {
    let dropped = 0;
    this.#transaction(() => {
      // By symbol and day the rows lie together; a condition on the day alone would read the whole table.
      const dates = this.minuteDates().filter((date) => date < tradingDate);
      const remove = this.#statement("DELETE FROM minute WHERE symbol_id = ? AND trading_date = ?");
      for (const date of dates) {
        for (const id of this.#ids.values()) dropped += Number(remove.run(id, date).changes);
        this.#statement("DELETE FROM minute_day WHERE trading_date = ?").run(date);
      }
    });
    return dropped;
  }

  /** Closing twice is allowed. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#statements.clear();
    guarded(this.#path, () => this.#db.close());
  }

  #transaction(work: () => void): void {
    guarded(this.#path, () => {
      this.#db.exec("BEGIN IMMEDIATE");
      try {
        work();
        this.#db.exec("COMMIT");
      } catch (error) {
        this.#minuteWriter.discard();
        this.#dailyWriter.discard();
        // Where the disk is full SQLite may have rolled back by itself.
        if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
        this.#loadIds();
        throw error;
      }
    });
  }

  #markMinute(tradingDate: number, slot: number): void {
    this.#statement(
      "INSERT INTO minute_day VALUES (?, ?) ON CONFLICT DO UPDATE SET last_slot = max(last_slot, excluded.last_slot)",
    ).run(tradingDate, slot);
  }

  #idOf(symbol: string): number {
    const known = this.#ids.get(symbol);
    if (known !== undefined) return known;
    const id = Number(this.#statement("INSERT INTO symbol (code) VALUES (?)").run(symbol).lastInsertRowid);
    this.#ids.set(symbol, id);
    return id;
  }

  #loadIds(): void {
    this.#ids.clear();
    for (const { id, code } of this.#read("SELECT id, code FROM symbol", [])) this.#ids.set(String(code), Number(id));
  }

  #read(sql: string, values: (string | number)[]): Record<string, SQLOutputValue>[] {
    return guarded(this.#path, () => this.#statement(sql).all(...values));
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, statement = this.#db.prepare(sql));
    return statement;
  }
}

function order(from: "oldest" | "newest"): "ASC" | "DESC" {
  return from === "oldest" ? "ASC" : "DESC";
}

/** Prices were written from {@link Price}s, and the file was checked when it was opened. */
function dailyOf(row: Record<string, SQLOutputValue>): DailyCandle {
  return {
    tradingDate: Number(row.trading_date),
    open: Number(row.open) as Price,
    high: Number(row.high) as Price,
    low: Number(row.low) as Price,
    close: Number(row.close) as Price,
    volume: Number(row.volume),
    turnover: Number(row.turnover),
  };
}
