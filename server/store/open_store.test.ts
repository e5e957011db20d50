import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import { sampleDaily, sampleMinutes } from "../../tools/testing/sample_candles.ts";
import { IN_MEMORY, openStore } from "./open_store.ts";
import { SCHEMA_VERSION } from "./schema.ts";
import { StoreError, type StoreErrorCode } from "./store_error.ts";

const SYMBOL = "600519.SH";
const BATCH = {
  minutes: [{ symbol: SYMBOL, tradingDate: 20261120, candles: sampleMinutes(1) }],
  daily: [{ symbol: SYMBOL, candles: [sampleDaily(1, 20261119)] }],
};

/** Runs a test with a path in a folder that does not exist yet. */
async function withPath(test: (path: string) => void | Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(`${folder}/data/market.db`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A closed database with a whole history. */
function makeStore(path: string): void {
  const store = openStore(path);
  store.writeHistory(BATCH);
  store.completeHistory({ seed: 7 });
  store.close();
}

function faultOf(path: string): StoreError {
  try {
    openStore(path).close();
  } catch (error) {
    assert(error instanceof StoreError, String(error));
    assertStringIncludes(error.message, path);
    return error;
  }
  throw new Error(`${path} was opened`);
}

Deno.test("a second start finds what the first one wrote", () =>
  withPath((path) => {
    makeStore(path);
    const store = openStore(path);
    assertEquals([store.hasHistory, store.getState("seed")], [true, 7]);
    assertEquals(store.minutes(SYMBOL, { limit: 1_000, from: "oldest" }).length, 240);
    const { marketId } = store;
    store.close();
    const again = openStore(path);
    assertEquals(again.marketId, marketId);
    again.close();
  }));

Deno.test("of a history that was interrupted nothing is left, and the next market has another name", () =>
  withPath((path) => {
    const store = openStore(path);
    store.writeHistory(BATCH);
    store.setState("seed", 7);
    const { marketId } = store;
    store.close();
    const next = openStore(path);
    assertEquals([next.hasHistory, next.getState("seed"), next.lastMinute()], [false, undefined, undefined]);
    assertEquals(next.daily(SYMBOL, { limit: 9, from: "oldest" }), []);
    assertNotEquals(next.marketId, marketId);
    next.close();
  }));

/** How a file is spoilt, what is said of it, and the words that name the way out. */
const FAULTS: [string, (path: string) => void, StoreErrorCode, string][] = [
  ["text", (path) => Deno.writeTextFileSync(path, "no database, ".repeat(1_000)), "foreign", "Move it away"],
  [
    "a database of another program",
    (path) => {
      Deno.removeSync(path);
      using db = new DatabaseSync(path);
      db.exec("CREATE TABLE t (a)");
    },
    "foreign",
    "another folder",
  ],
  [
    "a database of a later version",
    (path) => {
      using db = new DatabaseSync(path);
      db.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    },
    "newer",
    "later version",
  ],
  [
    "a file cut in the middle",
    (path) => {
      const bytes = Deno.readFileSync(path);
      Deno.writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length / 2)));
    },
    "corrupt",
    "Move the file away",
  ],
  [
    "a file with foreign bytes in it",
    (path) => {
      const bytes = Deno.readFileSync(path);
      bytes.fill(0xa5, 4_096, 4_096 * 4);
      Deno.writeFileSync(path, bytes);
    },
    "corrupt",
    "Move the file away",
  ],
  [
    "a folder",
    (path) => {
      Deno.removeSync(path);
      Deno.mkdirSync(path);
    },
    "permission",
    "Check that",
  ],
];

for (const [name, spoil, code, advice] of FAULTS) {
  Deno.test(`${name} is refused with what to do, and not touched`, () =>
    withPath((path) => {
      makeStore(path);
      spoil(path);
      const before = Deno.statSync(path).isFile ? Deno.readFileSync(path) : undefined;
      const fault = faultOf(path);
      assertEquals(fault.code, code, fault.message);
      assertStringIncludes(fault.message, advice);
      if (before) assertEquals(Deno.readFileSync(path), before);
    }));
}

Deno.test("a file that another process holds is refused, and free again after it", () =>
  withPath((path) => {
    const store = openStore(path);
    assertEquals(faultOf(path).code, "locked");
    store.close();
    openStore(path).close();
  }));

Deno.test("a folder that cannot be made is a matter of permission", () =>
  withPath((path) => {
    makeStore(path);
    const { code, message } = faultOf(`${path}/inside/market.db`);
    assertEquals(code, "permission", message);
  }));

Deno.test("a full disk writes nothing of the batch, keeps what was there, and is over once there is room", () =>
  withPath((path) => {
    makeStore(path);
    const db = new DatabaseSync(path);
    const pages = Object.values(db.prepare("PRAGMA page_count").get() ?? {})[0];
    db.close();
    let limit: (pages: number) => void = () => {};
    const store = openStore(path, { onOpen: (db) => limit = (count) => db.exec(`PRAGMA max_page_count = ${count}`) });
    limit(Number(pages));
    const batch = { minutes: [{ symbol: "000001.SZ", tradingDate: 20261123, candles: sampleMinutes(2) }] };
    try {
      store.write(batch);
      throw new Error("The batch was written");
    } catch (error) {
      assert(error instanceof StoreError, String(error));
      assertEquals(error.code, "full");
      assertStringIncludes(error.message, "free some space");
    }
    assertEquals(store.minutes("000001.SZ", { limit: 1, from: "newest" }), []);
    assertEquals(store.minutes(SYMBOL, { limit: 1_000, from: "newest" }).length, 240);
    limit(1_000_000);
    store.write(batch);
    assertEquals(store.minutes("000001.SZ", { limit: 1_000, from: "newest" }).length, 240);
    store.close();
  }));

Deno.test("without leave to write, what is missing is said", () =>
  withPath(async (path) => {
    makeStore(path);
    const writer = new URL("../../tools/testing/store_writer.ts", import.meta.url).pathname;
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", `--allow-read=${dirname(path)}`, writer, path],
    }).output();
    const text = new TextDecoder().decode(stderr);
    assertEquals(code, 1);
    assertStringIncludes(text, "StoreError");
    assertStringIncludes(text, "--allow-write");
  }));

Deno.test("in memory nothing is kept, and no file is made", () => {
  const store = openStore(IN_MEMORY);
  store.write(BATCH);
  store.close();
  const next = openStore(IN_MEMORY);
  assertEquals(next.lastMinute(), undefined);
  next.close();
});
