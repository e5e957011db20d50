/** Where a phone keeps a few small values between launches. An argument to the stores, so that a test can hold it in memory. */
export interface KeyValueStorage {
  /** The value saved under `key`, of unknown shape: an older version, or another program, may have written it. */
  read(key: string): unknown;
  /** Saves a value that JSON can carry. A full or broken storage is not an error: the value then lasts until the app ends. */
  write(key: string, value: unknown): void;
}
