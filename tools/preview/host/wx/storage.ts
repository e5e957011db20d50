/// <reference lib="dom" />
import { outcome } from "./outcome.ts";

const PREFIX = "mini-program:";
/** WeChat's limits, in UTF-16 code units here. */
const ENTRY_MAX = 1024 * 1024;
const TOTAL_MAX = 10 * 1024 * 1024;

function read(key: string): unknown {
  const text = globalThis.localStorage.getItem(PREFIX + checked(key));
  // An absent key reads as an empty string in WeChat.
  return text === null ? "" : (JSON.parse(text) as { data: unknown }).data;
}

function write(key: string, data: unknown): void {
  const text = JSON.stringify({ data });
  if (text.length > ENTRY_MAX) {
    throw new Error(`entry size limit exceeded: "${key}" has ${text.length} of ${ENTRY_MAX}`);
  }
  globalThis.localStorage.setItem(PREFIX + checked(key), text);
}

function remove(key: string): void {
  globalThis.localStorage.removeItem(PREFIX + checked(key));
}

function checked(key: string): string {
  if (typeof key !== "string" || key === "") throw new Error(`the key must be a non-empty string, not ${typeof key}`);
  return key;
}

function keys(): string[] {
  return Object.keys(globalThis.localStorage).filter((key) => key.startsWith(PREFIX)).map((key) =>
    key.slice(PREFIX.length)
  );
}

function clear(): void {
  for (const key of keys()) globalThis.localStorage.removeItem(PREFIX + key);
}

function info() {
  const size = keys().reduce((sum, key) => sum + (globalThis.localStorage.getItem(PREFIX + key)?.length ?? 0), 0);
  return { keys: keys(), currentSize: Math.ceil(size / 1024), limitSize: TOTAL_MAX / 1024 };
}

/** wx storage over the browser's, under a prefix of its own. Values are kept as JSON. */
export const storageApi = {
  getStorageSync: read,
  setStorageSync: write,
  removeStorageSync: remove,
  clearStorageSync: clear,
  getStorageInfoSync: info,
  getStorage: outcome("getStorage", ({ key }: { key: string }) => {
    if (!keys().includes(key)) throw new Error("data not found");
    return { data: read(key) };
  }),
  setStorage: outcome("setStorage", ({ key, data }: { key: string; data: unknown }) => write(key, data)),
  removeStorage: outcome("removeStorage", ({ key }: { key: string }) => remove(key)),
  clearStorage: outcome("clearStorage", clear),
  getStorageInfo: outcome("getStorageInfo", info),
};
