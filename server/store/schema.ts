/** The tables, and how a file is told to be one of ours. */

/** Stands in the header of every database of Tickwire: "TWIR". */
export const APPLICATION_ID = 0x54574952;

/** Version of the tables below; a change of theirs counts it up. */
export const SCHEMA_VERSION = 1;

const CANDLE_COLUMNS = "open INTEGER NOT NULL, high INTEGER NOT NULL, low INTEGER NOT NULL, close INTEGER NOT NULL, " +
  "volume INTEGER NOT NULL, turnover INTEGER NOT NULL";

/**
 * Candles lie in the order in which a chart reads them, without a hidden row number; symbols are short numbers there.
 * `minute_day` lists the days of which there are minutes, so that forgetting old ones does not look through all.
 */
export const TABLES = `
CREATE TABLE symbol (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE minute (symbol_id INTEGER NOT NULL, trading_date INTEGER NOT NULL, slot INTEGER NOT NULL, ${CANDLE_COLUMNS},
  PRIMARY KEY (symbol_id, trading_date, slot)) STRICT, WITHOUT ROWID;
CREATE TABLE minute_day (trading_date INTEGER PRIMARY KEY, last_slot INTEGER NOT NULL) STRICT;
CREATE TABLE daily (symbol_id INTEGER NOT NULL, trading_date INTEGER NOT NULL, ${CANDLE_COLUMNS},
  PRIMARY KEY (symbol_id, trading_date)) STRICT, WITHOUT ROWID;
CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${SCHEMA_VERSION};
`;

/** Keys of `state` that the store itself uses; the market's own have another beginning. */
export const STORE_KEYS = { marketId: "store.marketId", hasHistory: "store.hasHistory" } as const;
