import { assertEquals, assertStringIncludes } from "@std/assert";
import { fakeParts } from "../../tools/testing/fake_parts.ts";
import type { ServerMessage } from "../lib/shared";
import type { TapEntry } from "../net/quote_client";
import type { EntryRow } from "./debug/debug_view";
import { ENTRIES_MAX, FrameLog } from "./debug/frame_log";
import { DebugScreen, ENTRY_HEIGHT_PX } from "./debug_screen";
import { REDRAW_INTERVAL_MS } from "./update_batcher";

function entry(no: number, fields: Partial<TapEntry> = {}): TapEntry {
  return {
    no,
    atMs: Date.UTC(2026, 10, 20, 1, 30, 5, 7),
    direction: "in",
    via: "socket",
    type: "pong",
    bytes: 30,
    message: undefined,
    ...fields,
  };
}

const UPDATE = {
  type: "update",
  frame: 3,
  serverTimeMs: 1,
  quotes: [{ symbol: "600519.SH", seq: 9, prev: 4, merged: 5 }, { symbol: "000001.SZ", seq: 2, prev: 0, merged: 2 }],
} as ServerMessage;

function newScreen() {
  const parts = fakeParts();
  const shown: Record<string, unknown> = {};
  let patches = 0;
  const screen = new DebugScreen(parts, (patch) => {
    patches++;
    Object.assign(shown, patch);
  });
  screen.show();
  screen.placeList(400);
  const rows = () => shown["rows"] as EntryRow[];
  const draw = () => parts.clock.advance(1_000 + REDRAW_INTERVAL_MS);
  return { ...parts, screen, shown, rows, draw, patches: () => patches };
}

Deno.test("each message is a line, the newest first, with what it merged", () => {
  const { client, rows, draw } = newScreen();
  client.hear(entry(1, { direction: "out", type: "hello", bytes: 61 }));
  client.hear(entry(2, { type: "update", bytes: 480, message: UPDATE }));
  draw();
  const lines = rows().map(({ time, arrow, type, bytes, summary }) => [time, arrow, type, bytes, summary].join(" "));
  assertEquals(lines, ["09:30:05.007 ↓ update 480 B 2 只，合并 7 次", "09:30:05.007 ↑ hello 61 B "]);
});

Deno.test("a hundred messages a second are at most seven drawings, and only rows about the screen are made", () => {
  const { client, clock, rows, patches } = newScreen();
  const before = patches();
  for (let i = 1; i <= 200; i++) {
    client.hear(entry(i));
    client.setQuote("600519.SH");
    clock.advance(10);
  }
  assertEquals(patches() - before <= 16, true, `${patches() - before} drawings in 2 s`);
  assertEquals(rows().length <= 10 + 2 + 15, true, `${rows().length} rows`);
});

Deno.test("paused it stands still, says what came meanwhile, and goes on with the newest", () => {
  const { client, screen, shown, rows, draw } = newScreen();
  client.hear(entry(1));
  draw();
  screen.switchPause();
  client.hear(entry(2));
  client.hear(entry(3));
  draw();
  assertEquals([rows().map(({ key }) => key), shown["pauseText"]], [["1"], "继续（2 条新消息）"]);
  screen.switchPause();
  assertEquals([rows().map(({ key }) => key), shown["pauseText"]], [["3", "2", "1"], "暂停"]);
});

Deno.test("who scrolls away stands still until they are back, and a touch brings them back", () => {
  const { client, screen, shown, rows, draw } = newScreen();
  for (let i = 1; i <= 100; i++) client.hear(entry(i));
  draw();
  screen.scroll(30 * ENTRY_HEIGHT_PX);
  const before = rows().map(({ key }) => key);
  client.hear(entry(101));
  draw();
  assertEquals(rows().map(({ key }) => key), before);
  const scrolledTo = shown["scrollTop"];
  screen.switchPause();
  assertEquals([rows()[0]?.key, shown["scrollTop"] === scrolledTo], ["101", false]);
});

Deno.test("a touched message is shown whole, with its bytes, and a second touch closes it", () => {
  const { client, screen, shown, draw } = newScreen();
  client.hear(entry(1, { type: "update", message: UPDATE, hex: "03 01 ff" }));
  draw();
  screen.select("1");
  assertEquals([shown["detail.title"], shown["detail.hex"]], ["#1 09:30:05.007 ↓ update · 30 B · socket", "03 01 ff"]);
  assertStringIncludes(String(shown["detail.text"]), `"symbol": "600519.SH"`);
  screen.select("1");
  assertEquals(shown["detail.title"], "");
});

Deno.test("a message that could not be read is shown as it came", () => {
  const { client, screen, shown, draw } = newScreen();
  client.hear(entry(1, { type: "?", text: "{oops" }));
  draw();
  screen.select("1");
  assertEquals(shown["detail.text"], "{oops");
});

Deno.test("the counters say what the line has been through", () => {
  const { client, shown, draw } = newScreen();
  client.repairs = { gap: 2, checksum: 1, agreed: 40 };
  client.mergedLast = 7;
  client.hear(entry(1, {
    type: "subscribed",
    message: {
      type: "subscribed",
      id: 1,
      ok: [],
      rejected: [],
      active: 0,
      rate: 5,
      resumed: { current: [], delta: [], snapshot: [] },
    },
  }));
  draw();
  const values = shown["counters"] as { label: string; value: string }[];
  assertEquals(values.length, 9);
  assertEquals([shown["counters[4].value"], shown["counters[5].value"], shown["counters[6].value"]], [
    "7",
    "2",
    "1 / 41",
  ]);
  assertEquals(shown["counters[8].value"], "1");
});

Deno.test("a touch lets the line speak the other form", () => {
  const { client, screen, shown } = newScreen();
  assertEquals(shown["wireFormText"], "改用二进制");
  screen.switchWireForm();
  assertEquals(shown["wireFormText"], "改用 JSON");
  screen.switchWireForm();
  assertEquals(client.calls, ["setWireForm binary", "setWireForm text"]);
});

Deno.test("a page that is left listens to nothing", () => {
  const { client, clock, screen, rows } = newScreen();
  client.hear(entry(1));
  screen.dispose();
  client.hear(entry(2));
  assertEquals([client.listeners, clock.pendingTimers, rows()], [0, 0, []]);
  assertEquals(client.subscriptions[0]?.isReleased, true);
});

Deno.test("the log keeps the newest messages and no more", () => {
  const log = new FrameLog();
  for (let i = 1; i <= ENTRIES_MAX + 7; i++) log.add(entry(i));
  assertEquals([log.shown.length, log.shown[0]?.no], [ENTRIES_MAX, 8]);
  log.clear();
  assertEquals(log.shown, []);
});
