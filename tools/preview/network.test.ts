// Sockets and requests of the preview, on networks of all kinds.
import { assertEquals, assertMatch } from "@std/assert";
import { until } from "../testing/until.ts";
import { hasText, shown, visitor } from "./testing/visit.ts";

/** The methods a SocketTask has on a phone, and no others. */
const SOCKET_TASK_METHODS = ["close", "onClose", "onError", "onMessage", "onOpen", "send"];

const visit = visitor("network");

visit("a socket opens at the launch query's server and names its protocol in the header only", async ({ page }) => {
  await hasText(page, ".protocol", "fixture.v1");
  await hasText(page, ".ticks", /[1-9]/);
  const methods = await page.evaluate(() => {
    const wx = __tickwire_preview.wx as WechatMiniprogram.Wx;
    return Object.keys(wx.connectSocket({ url: `ws://${location.host}/ws` }));
  });
  assertEquals(methods.sort(), SOCKET_TASK_METHODS);
});

visit("a sixth socket is refused, and an ended one makes room", async ({ page, server }) => {
  await hasText(page, ".status", "open");
  const outcomes = await page.evaluate(async () => {
    const wx = __tickwire_preview.wx as WechatMiniprogram.Wx;
    const url = `ws://${location.host}/ws`;
    const open = () =>
      new Promise<string>((resolve) => {
        const task = wx.connectSocket({ url, fail: ({ errMsg }) => resolve(errMsg) });
        task.onOpen(() => resolve("open"));
        tasks.push(task);
      });
    const tasks: WechatMiniprogram.SocketTask[] = [];
    // The page itself holds the first socket.
    const results = [await open(), await open(), await open(), await open(), await open()];
    await new Promise<void>((resolve) => {
      tasks[0]?.onClose(() => resolve());
      tasks[0]?.close({ code: 1000 });
    });
    return [...results, await open()];
  });
  assertEquals(outcomes.slice(0, 4), ["open", "open", "open", "open"]);
  assertMatch(outcomes[4] ?? "", /connectSocket:fail exceed max concurrent sockets, 5/);
  assertEquals(outcomes[5], "open");
  await until(() => server.sockets.size === 5, 5_000, "the server has other sockets");
});

visit("a socket sends text and bytes and reports the server's close", async ({ page, server }) => {
  server.received.length = 0;
  const result = await page.evaluate(() => {
    const wx = __tickwire_preview.wx as WechatMiniprogram.Wx;
    const task = wx.connectSocket({ url: `ws://${location.host}/ws` });
    return new Promise((resolve) => {
      task.onOpen(() => {
        task.send({ data: new Uint8Array([1, 2, 3]).buffer });
        task.send({ data: { a: 1 } as unknown as string, fail: ({ errMsg }) => task.send({ data: errMsg }) });
        setTimeout(() => task.send({ data: "close" }), 50);
      });
      task.onClose(({ code, reason }) =>
        task.send({ data: "late", fail: ({ errMsg }) => resolve([code, reason, errMsg]) })
      );
    });
  });
  assertEquals(result, [4001, "drain", "sendSocketMessage:fail SocketTask.readyState is not OPEN"]);
  assertEquals(server.received, [3, "sendSocketMessage:fail data must be a string or an ArrayBuffer", "close"]);
});

visit("in the background the phone freezes and the socket drops without onClose", async ({ page, server }) => {
  await hasText(page, ".status", "open");
  await page.evaluate(() => {
    const { lifecycle } = __tickwire_preview;
    lifecycle.freezeAfterMs = 50;
    lifecycle.background();
  });
  await page.waitForFunction(() => __tickwire_preview.lifecycle.isFrozen);
  assertEquals(await page.evaluate(() => __tickwire_preview.sockets.count), 0);
  await page.evaluate(() => __tickwire_preview.lifecycle.foreground());
  await page.waitForTimeout(100);
  assertEquals(await shown(page).locator(".status").innerText(), "open", "nobody was told");
  await until(() => server.sockets.size === 0, 5_000, "a socket is left");
  const log = await page.evaluate(() => (__tickwire_preview.getApp().globalData as { log: string[] }).log);
  assertEquals(log, ["launch", "show", "hide", "show"]);
});

visit("a phone that does report the drop can be had too", async ({ page }) => {
  await hasText(page, ".status", "open");
  await page.evaluate(() => {
    const { lifecycle, sockets } = __tickwire_preview;
    sockets.reportsDroppedSockets = true;
    lifecycle.background();
    lifecycle.freeze();
    lifecycle.foreground();
  });
  await hasText(page, ".status", "closed 1006");
});

visit("offline, sockets end, and the mini-program is told", async ({ page }) => {
  await hasText(page, ".status", "open");
  const seen = await page.evaluate(async () => {
    const wx = __tickwire_preview.wx as WechatMiniprogram.Wx;
    const statuses: boolean[] = [];
    wx.onNetworkStatusChange(({ isConnected }) => statuses.push(isConnected));
    __tickwire_preview.network.goOffline();
    const failure = await new Promise((resolve) => {
      wx.connectSocket({ url: `ws://${location.host}/ws` }).onError(({ errMsg }) => resolve(errMsg));
    });
    __tickwire_preview.network.goOnline();
    return { statuses, failure };
  });
  assertEquals(seen, { statuses: [false, true], failure: "connectSocket:fail network is down" });
  await hasText(page, ".status", "closed 1006");
});

visit("a stalled network delivers nothing and says nothing", async ({ page }) => {
  await hasText(page, ".ticks", /[1-9]/);
  const [before, after, status] = await page.evaluate(async () => {
    __tickwire_preview.network.isStalled = true;
    const text = (selector: string) => document.querySelector<HTMLElement>(selector)?.innerText;
    await new Promise((resolve) => setTimeout(resolve, 50));
    const before = text(".ticks");
    await new Promise((resolve) => setTimeout(resolve, 300));
    return [before, text(".ticks"), text(".status")];
  });
  assertEquals([after, status], [before, "open"]);
});

visit("a request carries its data and reads JSON", async ({ page }) => {
  const results = await page.evaluate(async () => {
    const wx = __tickwire_preview.wx as WechatMiniprogram.Wx;
    const ask = (option: object) =>
      new Promise((resolve) =>
        wx.request({
          url: `${location.origin}/echo`,
          ...option,
          success: ({ statusCode, data }) => resolve([statusCode, data]),
        })
      );
    return [await ask({ data: { a: 1 } }), await ask({ method: "POST", data: { a: 1 } })];
  });
  assertEquals(results, [
    [201, { method: "GET", search: "?a=1", body: "" }],
    [201, { method: "POST", search: "", body: '{"a":1}' }],
  ]);
});
