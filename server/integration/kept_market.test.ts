import { assert, assertEquals, assertMatch } from "@std/assert";
import { runServer, ServerProcess } from "../../tools/testing/server_process.ts";

const FAST = ["--speed", "60", "--history-days", "5"];

interface Page {
  readonly candles: readonly { readonly tradingDate: number; readonly slot: number; readonly close: number }[];
}

async function candles(server: ServerProcess, query: string): Promise<Response> {
  return await fetch(`http://127.0.0.1:${server.port}/api/v1/candles?${query}`);
}

/** Waits until the past is there. */
async function untilReady(server: ServerProcess): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const response = await candles(server, "symbol=600519.SH&period=day");
    await response.body?.cancel();
    if (response.status === 200) return;
    assertEquals(response.status, 503);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("The history was not ready after 30 s");
}

async function minutes(server: ServerProcess): Promise<Page["candles"]> {
  const response = await candles(server, "symbol=600519.SH&period=1m&limit=40");
  assertEquals(response.status, 200);
  return (await response.json() as Page).candles;
}

/** Waits for two more minutes of the exchange, so that a few live ones are written. @returns The minutes then */
async function twoMinutesLater(server: ServerProcess): Promise<Page["candles"]> {
  const slot = async () => (await minutes(server)).at(-1)?.slot ?? NaN;
  const enough = await slot() + 2;
  for (let tries = 0; tries < 600 && await slot() < enough; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return await minutes(server);
}

async function openingAuction(server: ServerProcess): Promise<string> {
  return await (await fetch(`http://127.0.0.1:${server.port}/api/v1/auctions/600519.SH`)).text();
}

Deno.test("a market that was killed goes on with the same seed, the same past, the same auction and the next minute", async () => {
  const dataFolder = await Deno.makeTempDir();
  try {
    const first = await ServerProcess.start(FAST, { dataFolder });
    await untilReady(first);
    const before = await twoMinutesLater(first);
    const auction = await openingAuction(first);
    await first.stop("SIGKILL");
    await using second = await ServerProcess.start([...FAST, "--log-level", "debug"], { dataFolder });
    const after = await minutes(second);
    assert(JSON.parse(auction).steps.length > 100);
    assertEquals(await openingAuction(second), auction);
    // The minute that was open may have to be traded again; every one that had been written is the same.
    const known = before.slice(0, -2);
    for (const candle of known) {
      const again = after.find(({ tradingDate, slot }) => tradingDate === candle.tradingDate && slot === candle.slot);
      if (again) assertEquals(again, candle);
    }
    const [lastBefore, lastAfter] = [known.at(-1), after.at(-1)];
    assert(lastBefore && lastAfter && lastAfter.tradingDate === lastBefore.tradingDate);
    assert(lastAfter.slot >= lastBefore.slot && lastAfter.slot <= lastBefore.slot + 10, "it goes on where it was");
  } finally {
    await Deno.remove(dataFolder, { recursive: true });
  }
});

Deno.test("another seed, another listing or a second server on the same folder is refused with what to do", async () => {
  const dataFolder = await Deno.makeTempDir();
  try {
    const server = await ServerProcess.start(FAST, { dataFolder });
    await untilReady(server);
    const second = await runServer(["--host", "127.0.0.1", "--port", "0"], { dataFolder });
    assertEquals(second.code, 1);
    assertMatch(second.stderr, /another process uses it/);
    await server.stop();
    const cases: readonly (readonly [string[], RegExp])[] = [
      [["--seed", "8"], /--seed is 8, .* has the seed 7: leave --seed out .* or name another folder/],
      [["--instruments", "430"], /in another data directory/],
    ];
    for (const [flags, message] of cases) {
      const { code, stderr } = await runServer(["--host", "127.0.0.1", "--port", "0", ...flags], { dataFolder });
      assertEquals(code, 1);
      assertMatch(stderr, message);
    }
  } finally {
    await Deno.remove(dataFolder, { recursive: true });
  }
});
