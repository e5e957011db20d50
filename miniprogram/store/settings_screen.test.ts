import { assertEquals } from "@std/assert";
import { fakeParts } from "../../tools/testing/fake_parts.ts";
import { SettingsScreen } from "./settings_screen";
import type { Patch } from "./view_patch";

function newSettings() {
  const parts = fakeParts();
  const patches: Patch[] = [];
  const screen = new SettingsScreen(parts, (patch) => patches.push(patch));
  screen.show();
  return { ...parts, screen, patches };
}

Deno.test("a wrong address says what is wrong, keeps what was typed and changes no connection", () => {
  const { screen, client, settings, patches } = newSettings();
  assertEquals(screen.saveAddress("http://x"), false);
  assertEquals(patches.at(-1), { address: "http://x", addressError: "地址要以 ws:// 或 wss:// 开头" });
  assertEquals([client.calls, settings.current.serverUrl], [[], ""]);
});

Deno.test("a good address is saved, completed and connected to; the default takes its place again", () => {
  const { screen, client, settings, patches } = newSettings();
  assertEquals(screen.saveAddress("ws://10.0.0.2:8000"), true);
  assertEquals(settings.current.serverUrl, "ws://10.0.0.2:8000/ws");
  assertEquals(patches.at(-1)?.["address"], "ws://10.0.0.2:8000/ws");
  assertEquals(client.calls, ["setUrl ws://10.0.0.2:8000/ws", "open"]);
  screen.useDefaultAddress();
  assertEquals([settings.current.serverUrl, client.url], ["", "ws://default.test:8000/ws"]);
});

Deno.test("candles are hollow or solid, as the reader likes", () => {
  const { screen, settings, patches } = newSettings();
  screen.chooseCandleStyle("solid");
  assertEquals(settings.current.candleStyle, "solid");
  assertEquals(patches.at(-1), { "candleStyles[0].isChosen": false, "candleStyles[1].isChosen": true });
});

Deno.test("less motion, or all of it, is one class name of every page; without it the phone decides", () => {
  const { screen, settings, patches } = newSettings();
  screen.chooseMotion("reduced");
  assertEquals(patches.at(-1), {
    rootClass: "page palette-red-up is-live motion-reduced",
    "motions[0].isChosen": false,
    "motions[2].isChosen": true,
  });
  assertEquals(settings.current.motion, "reduced");
  screen.chooseMotion("full");
  assertEquals(patches.at(-1)?.["rootClass"], "page palette-red-up is-live motion-full");
  screen.chooseMotion("system");
  assertEquals(patches.at(-1)?.["rootClass"], "page palette-red-up is-live");
});

Deno.test("palette and language apply at once, to this page too", () => {
  const { screen, settings, patches } = newSettings();
  screen.choosePalette("color-blind");
  assertEquals(patches.at(-1)?.["rootClass"], "page palette-color-blind is-live");
  screen.chooseLanguage("en");
  assertEquals(patches.at(-1)?.["t.title"], "Settings");
  assertEquals(settings.current.language, "en");
});
