import { assertEquals } from "@std/assert";
import { findChromium, launchChromium } from "../testing/chromium.ts";
import { LiveClient } from "../testing/live_client.ts";
import { RawSocket } from "../testing/raw_socket.ts";
import { ServerProcess } from "../testing/server_process.ts";

Deno.test({
  name: "an operator sees a real server serve, drain and go",
  ignore: findChromium() === null || Deno.build.os === "windows",
}, async () => {
  await using server = await ServerProcess.start(["--speed", "60", "--drain-timeout-ms", "30000"]);
  using client = await LiveClient.join(server.port);
  client.say({ type: "subscribe", id: 1, symbols: ["600519.SH", "000001.SZ"], channels: ["quote"] });
  // It never answers its close, so the drain lasts until it has been seen.
  using stalled = await RawSocket.connect(server.port);
  await stalled.sendText('{"type":"hello"}');
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(15_000);
    const faults: string[] = [];
    page.on("pageerror", ({ message }) => faults.push(message));
    await page.goto(`http://127.0.0.1:${server.port}/ops`);
    await page.locator("#card-connections .figure").filter({ hasText: /^2$/ }).waitFor();
    await page.locator("#card-updates .figure").filter({ hasText: /^[1-9]/ }).waitFor();
    await page.locator("#card-memory .note").filter({ hasText: "heap" }).waitFor();
    server.signal("SIGTERM");
    await page.locator("body[data-state=draining]").waitFor();
    await page.locator("#table-closes th").filter({ hasText: "4001 drain" }).waitFor();
    stalled[Symbol.dispose]();
    await page.locator("body[data-state=unreachable]").waitFor();
    assertEquals(await page.locator("#state").innerText(), "连不上服务器\nUnreachable");
    assertEquals(faults, []);
  } finally {
    await browser.close();
  }
});
