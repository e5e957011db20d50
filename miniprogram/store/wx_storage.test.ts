import { assertEquals } from "@std/assert";
import { SettingsStore } from "./settings_store";
import { wxStorage } from "./wx_storage";

Deno.test("a storage that throws costs the saved values, not the app", () => {
  const warnings: unknown[] = [];
  const { warn } = console;
  console.warn = (...args: unknown[]) => void warnings.push(args[0]);
  try {
    const settings = new SettingsStore(wxStorage({
      getStorageSync: () => {
        throw new Error("damaged");
      },
      setStorageSync: () => {
        throw new Error("full");
      },
    }));
    settings.change({ language: "en" });
    assertEquals(settings.current.language, "en");
    assertEquals(warnings, [
      'The saved value of "settings" cannot be read:',
      'The value of "settings" cannot be saved:',
    ]);
  } finally {
    console.warn = warn;
  }
});
