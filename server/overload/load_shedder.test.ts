import { assertEquals } from "@std/assert";
import { getLogger } from "@logtape/logtape";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { Tally } from "../delivery/tally.ts";
import { LoadShedder } from "./load_shedder.ts";
import type { Trouble } from "./watchdog.ts";

const trouble = (text: string): Trouble => ({ cause: "memory", text });

function shedder({ draining = false, restart = () => Promise.resolve() } = {}) {
  const clock = new FakeClock();
  const done: string[] = [];
  const overloads = new Tally();
  const load = new LoadShedder({
    hub: {
      size: 3,
      announceDrain: (perSecond) => done.push(`come back, ${perSecond} a second`),
      dismissAll: (name) => done.push(`close ${name}`),
    },
    admission: { total: 4, draining },
    listener: {
      restart: () => {
        done.push("cut");
        return restart();
      },
    },
    clock,
    overloads,
    returnsPerSecond: 700,
    logger: getLogger("test"),
    giveUp: () => done.push("give up"),
  });
  return { clock, done, load, overloads };
}

Deno.test("clients are told when to come back and closed, and a moment later their lines are cut", async () => {
  const { clock, done, load } = shedder();
  const shed = load.shed(trouble("no room"));
  assertEquals(done, ["come back, 700 a second", "close drain"]);
  clock.advance(100);
  await shed;
  assertEquals(done, ["come back, 700 a second", "close drain", "cut"]);
});

Deno.test("what is being shed is not shed twice, but can be later", async () => {
  const { clock, done, load, overloads } = shedder();
  const first = load.shed(trouble("no room"));
  await load.shed(trouble("still no room"));
  clock.advance(100);
  await first;
  const second = load.shed(trouble("no room again"));
  clock.advance(100);
  await second;
  assertEquals(done.filter((step) => step === "cut").length, 2);
  assertEquals([...overloads.entries()], [["memory", 2]]);
});

Deno.test("a server that drains lets its clients leave in peace", async () => {
  const { done, load } = shedder({ draining: true });
  await load.shed(trouble("no room"));
  assertEquals(done, []);
});

Deno.test("a port that cannot be had again ends the process", async () => {
  const { clock, done, load } = shedder({ restart: () => Promise.reject(new Error("taken")) });
  const shed = load.shed(trouble("no room"));
  clock.advance(100);
  await shed;
  assertEquals(done.at(-1), "give up");
});

Deno.test("a listener that is lost is had back by cutting; one that is lost again at once ends the process", async () => {
  const { clock, done, load } = shedder();
  const lose = async () => {
    const lost = load.lost(new Error("EMFILE"));
    clock.advance(100);
    await lost;
  };
  await lose();
  clock.advance(5_000);
  await lose();
  assertEquals([done.filter((step) => step === "cut").length, done.includes("give up")], [2, false]);
  clock.advance(4_000);
  await lose();
  assertEquals([done.filter((step) => step === "cut").length, done.at(-1)], [2, "give up"]);
});
