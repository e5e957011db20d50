import { assert, assertEquals } from "@std/assert";
import { openStore } from "./open_store.ts";

const WRITER = new URL("../../tools/testing/store_writer.ts", import.meta.url).pathname;

/** Runs the writer with leave for its folder alone, kills it after `lines` lines, and gives the number of the last one. */
async function writeAndKill(folder: string, lines: number, ...flags: string[]): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      `--allow-read=${folder}`,
      `--allow-write=${folder}`,
      WRITER,
      `${folder}/m.db`,
      ...flags,
    ],
    cwd: new URL("../..", import.meta.url),
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of child.stdout) {
    text += decoder.decode(chunk, { stream: true });
    if (text.split("\n").length > lines) break;
  }
  child.kill("SIGKILL");
  assertEquals((await child.status).signal, "SIGKILL");
  return Number(text.slice(0, text.lastIndexOf("\n")).split(/[\n ]/).at(-1));
}

async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("after kill -9 every minute that was said to be stored is there, whole, and the next start goes on", () =>
  withFolder(async (folder) => {
    let first = 240;
    for (const lines of [5, 60, 300]) {
      const said = await writeAndKill(folder, lines);
      const store = openStore(`${folder}/m.db`);
      const minute = store.getState("minute");
      assert(typeof minute === "number" && minute >= said, `${said} was said to be stored, ${minute} is`);
      assertEquals(store.lastMinute(), { tradingDate: 20_000_000 + Math.floor(minute / 240), slot: minute % 240 });
      for (const symbol of ["600000.SH", "600049.SH"]) {
        const stored = store.minutes(symbol, { limit: 9_999, from: "oldest" });
        assertEquals(
          stored.map(({ tradingDate, slot }) => (tradingDate - 20_000_000) * 240 + slot),
          [
            ...Array(minute - 239).keys(),
          ].map((i) => i + 240),
        );
      }
      assert(minute > first, "The next start went on from the last minute");
      first = minute;
      store.close();
    }
  }));

Deno.test("a first start killed amid its history begins again from nothing", () =>
  withFolder(async (folder) => {
    await writeAndKill(folder, 20, "history");
    const store = openStore(`${folder}/m.db`);
    assertEquals([store.hasHistory, store.lastMinute()], [false, undefined]);
    store.close();
  }));
