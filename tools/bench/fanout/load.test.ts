import { assertEquals } from "@std/assert";
import { framesPerSecondFor, loadOf, type Scenario, scenariosOf, serversOf } from "./load.ts";
import { type Options, readOptions } from "./options.ts";
import { type ServerId, SERVERS } from "./servers.ts";
import { viewsOf } from "./subscriptions.ts";

const options = readOptions([]) as Options;
const kindOf = (id: ServerId) => SERVERS.find((kind) => kind.id === id)!;
const shared = (clients: number): Scenario => ({ clients, views: "shared" });
const own = (clients: number): Scenario => ({ clients, views: "own" });

Deno.test("ten thousand clients get four frames a second, fewer get ten", () => {
  assertEquals([100, 9_999, 10_000].map(framesPerSecondFor), [10, 10, 4]);
});

Deno.test("views of their own begin where sharing a frame would flatter", () => {
  const scenarios = scenariosOf(options);
  assertEquals(scenarios, [shared(100), shared(1_000), shared(10_000), own(1_000), own(10_000)]);
  assertEquals(serversOf(shared(100), options.servers).length, SERVERS.length);
  assertEquals(serversOf(own(1_000), options.servers).map(({ id }) => id).includes("ws"), true);
  assertEquals(serversOf(own(10_000), options.servers).map(({ id }) => id), [
    "raw",
    "tickwire",
    "deno-frames",
    "tickwire-json",
  ]);
});

Deno.test("a server that sends every tick is given no more than it can carry; the others get them all", () => {
  const periods = (id: ServerId) =>
    [100, 1_000, 10_000].map((clients) => loadOf(shared(clients), kindOf(id), options).periodMs);
  assertEquals(periods("tickwire"), [99, 99, 99]);
  assertEquals(periods("polling"), [99, 99, 99]);
  assertEquals(periods("ws"), [99, 500, 5_000]);
});

Deno.test("clients with views of their own see different symbols of one market, each of which as many see", () => {
  const load = loadOf(own(1_000), kindOf("tickwire"), options);
  const views = viewsOf(load);
  assertEquals(views.length, 1_000);
  assertEquals(views.every((view) => new Set(view).size === 20), true);
  assertEquals(new Set(views.map((view) => view.join())).size, 1_000);
  const seen = Map.groupBy(views.flat(), (symbol) => symbol);
  assertEquals(seen.size, 200);
  assertEquals([...seen.values()].every(({ length }) => length > 60 && length < 140), true);
  assertEquals(viewsOf(load), views);
});
