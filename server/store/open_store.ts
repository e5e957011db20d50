/** Opens a database, or says why it cannot be one to build a market on. */
import { DatabaseSync } from "node:sqlite";
import { dirname } from "node:path";
import { APPLICATION_ID, SCHEMA_VERSION, STORE_KEYS, TABLES } from "./schema.ts";
import { SqliteStore } from "./sqlite_store.ts";
import { guarded, storeError } from "./store_error.ts";

/** As a path: a database in memory, which ends with the process. */
export const IN_MEMORY = ":memory:";

export interface OpenOptions {
  /** Makes the id of a new market. @default eight random hexadecimal digits */
  readonly newMarketId?: () => string;
  /** Gets the connection before its first use by the store, such as to bound its size. */
  readonly onOpen?: (db: DatabaseSync) => void;
}

/**
 * Opens the database at `path`, or makes a new one and its folder. Of a history that was interrupted nothing is left.
 * Deno needs leave to read and write the folder, because SQLite keeps its log beside the file.
 *
 * @param path A file, or {@link IN_MEMORY}.
 * @throws StoreError saying what is wrong, where, and what to do.
 */
export function openStore(path: string, { newMarketId = randomId, onOpen }: OpenOptions = {}): SqliteStore {
  return guarded(path, () => {
    if (path !== IN_MEMORY) Deno.mkdirSync(dirname(path), { recursive: true });
    const db = new DatabaseSync(path);
    try {
      prepare(db, path, newMarketId);
      onOpen?.(db);
      return new SqliteStore(db, path);
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

function prepare(db: DatabaseSync, path: string, newMarketId: () => string): void {
  // One process at a time: a second server on the same file would write other prices for the same minutes.
  db.exec("PRAGMA locking_mode = EXCLUSIVE");
  checkOrigin(db, path);
  // In WAL a commit survives the end of the process at any moment. NORMAL leaves out the wait for the disk at each
  // commit, which would hold up the ticks; after a power cut the last minutes may be missing, but nothing is damaged.
  db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 8388608");
  db.exec("BEGIN IMMEDIATE");
  try {
    const isEmpty = numberOf(db, "PRAGMA application_id") === 0;
    if (isEmpty) db.exec(TABLES);
    else if (!hasHistory(db)) { for (const table of CONTENTS) db.exec(`DELETE FROM ${table}`); }
    if (isEmpty || !hasHistory(db)) setMarketId(db, newMarketId());
    db.exec("COMMIT");
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

const CONTENTS = ["minute", "minute_day", "daily", "symbol", "state"] as const;

/** Looks before anything is written: a file of someone else must not be changed by a mistake in a setting. */
function checkOrigin(db: DatabaseSync, path: string): void {
  const applicationId = numberOf(db, "PRAGMA application_id");
  const version = numberOf(db, "PRAGMA user_version");
  const isEmpty = numberOf(db, "SELECT count(*) FROM sqlite_schema") === 0;
  if (applicationId === 0 && isEmpty) return;
  if (applicationId !== APPLICATION_ID) throw storeError("foreign", path, "a database of another program");
  if (version > SCHEMA_VERSION) {
    throw storeError("newer", path, `its tables have version ${version}, known are those up to ${SCHEMA_VERSION}`);
  }
  const [fault] = db.prepare("PRAGMA quick_check(1)").all();
  const word = fault && Object.values(fault)[0];
  if (word !== "ok") throw storeError("corrupt", path, String(word).slice(0, 200));
}

function hasHistory(db: DatabaseSync): boolean {
  return db.prepare("SELECT 1 FROM state WHERE key = ?").get(STORE_KEYS.hasHistory) !== undefined;
}

function setMarketId(db: DatabaseSync, marketId: string): void {
  db.prepare("INSERT OR REPLACE INTO state VALUES (?, ?)").run(STORE_KEYS.marketId, JSON.stringify(marketId));
}

function numberOf(db: DatabaseSync, sql: string): number {
  return Number(Object.values(db.prepare(sql).get() ?? {})[0]);
}

function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
