import { assertEquals, assertStringIncludes } from "@std/assert";
import type { ClientError, ClientErrorCode, ClientState } from "../net/quote_client";
import { type ConnectionFacts, connectionView } from "./connection_view";
import { NO_PROBLEM, problemView } from "./problem_view";

function facts(state: ClientState, others: Partial<ConnectionFacts> = {}): ConnectionFacts {
  return {
    state,
    ageMs: undefined,
    retryInMs: undefined,
    rttMs: undefined,
    ratePerSecond: undefined,
    framesPerSecond: 0,
    isWeakNetwork: false,
    errorCode: undefined,
    ...others,
  };
}

Deno.test("the badge says what the line does, and how old the data is once that matters", () => {
  const table: [ConnectionFacts, tone: string, text: string, detail: string][] = [
    [facts("idle"), "busy", "未连接", ""],
    [facts("connecting"), "busy", "连接中", ""],
    [facts("negotiating"), "busy", "连接中", ""],
    [facts("connecting", { ageMs: 61_000 }), "busy", "重新连接中", "1分前"],
    [facts("live", { ageMs: 300 }), "live", "实时", ""],
    [facts("live", { ageMs: 1_999, rttMs: 11.6 }), "live", "实时", "12 毫秒"],
    [facts("live", { ageMs: 2_000, rttMs: 11.6 }), "live", "实时", "2秒前"],
    [facts("stalled", { ageMs: 6_400 }), "stale", "数据延迟 6秒", ""],
    [facts("polling", { ageMs: 1_000 }), "live", "轮询", "1秒前"],
    [facts("waiting", { ageMs: 9_000, retryInMs: 2_100 }), "down", "已断开，3 秒后重连", "9秒前"],
    [facts("waiting", { retryInMs: 0 }), "down", "已断开，即将重连", ""],
    [facts("waiting", { errorCode: "offline", ageMs: 9_000 }), "down", "无网络", "9秒前"],
    [facts("closed", { errorCode: "closed_by_server", ageMs: 3_700_000 }), "down", "已断开", "1小时前"],
  ];
  for (const [input, tone, text, detail] of table) {
    const view = connectionView(input, "zh");
    assertEquals(view, { tone, text, detail, rate: "", isLive: tone === "live" } as typeof view, JSON.stringify(input));
  }
});

Deno.test("a live line tells its rate, and a weak one that it is weak, though its prices are live", () => {
  const rated = { ageMs: 0, rttMs: 11.6, ratePerSecond: 10, framesPerSecond: 7 };
  assertEquals(connectionView(facts("live", rated), "zh").rate, "7/10 帧");
  assertEquals(connectionView(facts("waiting", rated), "zh").rate, "");
  const { tone, text, rate, isLive } = connectionView(
    facts("live", { ...rated, ratePerSecond: 2, isWeakNetwork: true }),
    "zh",
  );
  assertEquals([tone, text, rate, isLive], ["weak", "弱网", "7/2 帧", true]);
});

Deno.test("only a live line, and polling in its place, are live, in every language", () => {
  const states: ClientState[] = [
    "idle",
    "connecting",
    "negotiating",
    "live",
    "stalled",
    "polling",
    "waiting",
    "closed",
  ];
  assertEquals(states.filter((state) => connectionView(facts(state, { ageMs: 0 }), "en").isLive), ["live", "polling"]);
  assertEquals(connectionView(facts("waiting", { retryInMs: 900 }), "en").text, "Disconnected, retry in 1 s");
});

Deno.test("every error has a title, the address that was tried and what to do", () => {
  const codes: ClientErrorCode[] = [
    "offline",
    "cannot_connect",
    "no_answer",
    "wrong_protocol",
    "lost",
    "silent",
    "nonsense",
    "closed_by_server",
    "refused",
  ];
  for (const code of codes) {
    const lastError: ClientError = { code, text: "Too many connections" };
    for (const language of ["zh", "en"] as const) {
      const view = problemView({ lastError, url: "ws://server.test/ws" }, language);
      assertStringIncludes(view.address, "ws://server.test/ws");
      assertEquals([view.title, view.hint].map((text) => text === "" || /[{}]/.test(text)), [false, false], code);
      if (code === "refused" || code === "closed_by_server") assertStringIncludes(view.hint, "Too many connections");
    }
  }
  assertEquals(problemView({ lastError: undefined, url: "ws://server.test/ws" }, "zh"), NO_PROBLEM);
});
