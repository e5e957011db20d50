import { assertEquals } from "@std/assert";
import { DEFAULT_SETTINGS, nextColumn, parseSettings, wantsLessMotion } from "./settings";
import { SettingsStore } from "./settings_store";

Deno.test("settings that are missing or damaged become the defaults, one by one", () => {
  for (const saved of [undefined, null, "", 5, [], {}]) assertEquals(parseSettings(saved), DEFAULT_SETTINGS);
  assertEquals(parseSettings({ palette: "green-up", language: "fr", column: 3, serverUrl: "http://x" }), {
    ...DEFAULT_SETTINGS,
    palette: "green-up",
  });
});

Deno.test("a launch query may say that the phone's owner wants less motion", () => {
  for (const motion of [undefined, "", "none", "full", 1, ["reduced"]]) {
    assertEquals(wantsLessMotion({ motion }), false);
  }
  assertEquals(wantsLessMotion({ motion: "reduced" }), true);
});

Deno.test("a saved address is used in its checked form", () => {
  assertEquals(parseSettings({ serverUrl: "WS://10.0.0.2:8000" }).serverUrl, "ws://10.0.0.2:8000/ws");
});

Deno.test("the columns go around in a circle", () => {
  assertEquals(["percent", "change", "turnover"].map((column) => nextColumn(column as "percent")), [
    "change",
    "turnover",
    "percent",
  ]);
});

Deno.test("settings outlive the app", () => {
  const saved = new Map<string, unknown>();
  const storage = {
    read: (key: string) => saved.get(key),
    write: (key: string, value: unknown) => void saved.set(key, value),
  };
  new SettingsStore(storage).change({ language: "en" });
  const later = new SettingsStore(storage);
  later.change({ palette: "color-blind" });
  assertEquals(new SettingsStore(storage).current, { ...DEFAULT_SETTINGS, language: "en", palette: "color-blind" });
});
