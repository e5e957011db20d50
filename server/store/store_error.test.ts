import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { guarded, StoreError, storeError, type StoreErrorCode, translated } from "./store_error.ts";

const PATH = "data/market.db";

/** A fault as node:sqlite throws it, with SQLite's number or without. */
function sqliteError(message: string, errcode?: number): Error {
  return Object.assign(new Error(message), { code: "ERR_SQLITE_ERROR", ...(errcode === undefined ? {} : { errcode }) });
}

const FAULTS: [Error, StoreErrorCode][] = [
  [sqliteError("database or disk is full", 13), "full"],
  [sqliteError("database or disk is full"), "full"],
  [sqliteError("database is locked", 5), "locked"],
  [sqliteError("database is locked", 261), "locked"],
  [sqliteError("database disk image is malformed", 11), "corrupt"],
  [sqliteError("file is not a database"), "foreign"],
  [sqliteError("attempt to write a readonly database", 1032), "permission"],
  [sqliteError("unable to open database file: data/market.db"), "permission"],
  [sqliteError("no such table: x", 1), "failed"],
  [new Deno.errors.PermissionDenied("no"), "permission"],
  [new Deno.errors.NotCapable("Requires write access"), "permission"],
];

for (const [fault, code] of FAULTS) {
  Deno.test(`"${fault.message}" is ${code}, and says where and what was found`, () => {
    const error = translated(fault, PATH);
    assert(error instanceof StoreError);
    assertEquals([error.code, error.cause], [code, fault]);
    assertStringIncludes(error.message, PATH);
    assertStringIncludes(error.message, fault.message);
  });
}

Deno.test("defects stay what they are, and a fault is told once", () => {
  const defect = new RangeError("a defect");
  assertEquals(translated(defect, PATH), defect);
  const known = storeError("full", PATH);
  assertEquals(translated(known, "elsewhere"), known);
  assertThrows(
    () =>
      guarded(PATH, () => {
        throw known;
      }),
    StoreError,
    PATH,
  );
});
