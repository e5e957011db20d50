/** What can go wrong with a database, said so that whoever runs the server knows what to do. */

/**
 * `corrupt`: its pages contradict each other; `foreign`: not a database, or not one of Tickwire; `newer`: written by a
 * later Tickwire; `permission`: this process may not use the file; `full`: no room to write; `locked`: another process
 * uses it; `failed`: anything else.
 */
export type StoreErrorCode = "corrupt" | "foreign" | "newer" | "permission" | "full" | "locked" | "failed";

export class StoreError extends Error {
  override readonly name = "StoreError";

  /** @param message What is wrong, where, and what to do. */
  constructor(readonly code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

/** Primary result codes of SQLite (sqlite.org/rescode.html); the extended ones carry them in their lowest byte. */
const CODES: ReadonlyMap<number, StoreErrorCode> = new Map([
  [3, "permission"],
  [5, "locked"],
  [6, "locked"],
  [8, "permission"],
  [11, "corrupt"],
  [13, "full"],
  [14, "permission"],
  [23, "permission"],
  [26, "foreign"],
]);

/** SQLite's own words for the same, where no code comes with them. */
const MESSAGES: readonly (readonly [string, StoreErrorCode])[] = [
  ["database or disk is full", "full"],
  ["database is locked", "locked"],
  ["database disk image is malformed", "corrupt"],
  ["file is not a database", "foreign"],
  ["unable to open database file", "permission"],
  ["readonly database", "permission"],
];

const ADVICE: Readonly<Record<StoreErrorCode, string>> = {
  corrupt: "its contents are damaged. Move the file away, together with those whose names begin like it; " +
    "the server then makes a new one with new history, or put a copy of yours in its place.",
  foreign: "it is not a database of this server. Move it away, or name another folder.",
  newer: "it was written by a later version of this server. Start that version, or name another folder.",
  permission:
    "the file cannot be opened for reading and writing. Check that its folder exists and that this user may " +
    "write there, and that Deno was started with --allow-read and --allow-write for it.",
  full: "there is no room to write. Nothing that was written before is lost; free some space, and it goes on.",
  locked: "another process uses it. Stop that one, or name another folder.",
  failed: "the database failed.",
};

/** A fault of `code` in the database at `path`. @param detail What exactly was found. */
export function storeError(code: StoreErrorCode, path: string, detail?: string, cause?: unknown): StoreError {
  const found = detail ? ` (${detail})` : "";
  return new StoreError(code, `The database ${path}: ${ADVICE[code]}${found}`, cause === undefined ? {} : { cause });
}

/** What Deno says of a place that it, the system or the path's own shape keeps from being used. */
const REFUSALS = [
  Deno.errors.NotCapable,
  Deno.errors.PermissionDenied,
  Deno.errors.NotADirectory,
  Deno.errors.AlreadyExists,
  Deno.errors.NotFound,
];

/** The fault behind whatever an operation on the database at `path` threw; one that is known already stays as it is. */
export function translated(error: unknown, path: string): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error;
  if (REFUSALS.some((kind) => error instanceof kind)) return storeError("permission", path, error.message, error);
  if (!("code" in error) || error.code !== "ERR_SQLITE_ERROR") return error;
  const number = "errcode" in error && typeof error.errcode === "number" ? error.errcode & 0xff : 0;
  // Deno gives no number with what fails on opening or within exec().
  const code = CODES.get(number) ?? MESSAGES.find(([words]) => error.message.includes(words))?.[1] ?? "failed";
  return storeError(code, path, error.message, error);
}

/** Runs an operation on the database at `path`, and throws what {@link translated} makes of its fault. */
export function guarded<T>(path: string, operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    throw translated(error, path);
  }
}
