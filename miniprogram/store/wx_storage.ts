import type { KeyValueStorage } from "./storage";

/** What is used of `wx`; an argument, so that tests can bring their own. */
export interface WxStorage {
  getStorageSync(key: string): unknown;
  setStorageSync(key: string, value: unknown): void;
}

/** WeChat's storage. It throws when it is full or damaged: a setting is then not kept, which is no reason to stop. */
export function wxStorage(wx: WxStorage): KeyValueStorage {
  return {
    read(key) {
      try {
        return wx.getStorageSync(key);
      } catch (error) {
        console.warn(`The saved value of "${key}" cannot be read:`, error);
        return undefined;
      }
    },
    write(key, value) {
      try {
        wx.setStorageSync(key, value);
      } catch (error) {
        console.warn(`The value of "${key}" cannot be saved:`, error);
      }
    },
  };
}
