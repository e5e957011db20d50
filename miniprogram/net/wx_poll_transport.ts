/** Polls by `wx.request`. Its quirks end here. */
import { headerOf } from "./headers";
import { type PollAnswer, type PollRequest, type PollTransport, retryAfterMs } from "./poll_transport";

/** What is used of `wx`; an argument, so that tests can bring their own. */
export interface WxPosts {
  request(options: {
    url: string;
    method: "POST";
    data: string;
    header: Record<string, string>;
    /** Anything but `json` leaves the answer as text. */
    dataType: "text";
    timeout: number;
    success(answer: { statusCode: number; data: unknown; header: object }): void;
    fail(): void;
  }): { abort(): void };
}

export function wxPollTransport(wx: WxPosts): PollTransport {
  return { post: (request, done) => post(wx, request, done) };
}

function post(wx: WxPosts, { url, body, timeoutMs }: PollRequest, done: (answer: PollAnswer) => void): () => void {
  let isGivenUp = false;
  const report = (answer: PollAnswer) => {
    if (!isGivenUp) done(answer);
  };
  const task = wx.request({
    url,
    method: "POST",
    data: body,
    header: { "content-type": "application/json" },
    dataType: "text",
    timeout: timeoutMs,
    success: ({ statusCode, data, header }) => {
      const answer = { status: statusCode, body: typeof data === "string" ? data : "" };
      const waitMs = retryAfterMs(headerOf(header, "retry-after"));
      report(waitMs === undefined ? answer : { ...answer, retryAfterMs: waitMs });
    },
    fail: () => report({ status: 0, body: "" }),
  });
  return () => {
    isGivenUp = true;
    task.abort();
  };
}
