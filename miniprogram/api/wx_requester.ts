import { headerOf } from "../net/headers";
import { retryAfterMs } from "../net/poll_transport";
import type { HttpAnswer, Requester } from "./requester";

/** How long an answer is waited for, in milliseconds: longer than a slow network takes, shorter than patience lasts. */
const REQUEST_TIMEOUT_MS = 8_000;

/** What is used of `wx`; an argument, so that tests can bring their own. */
export interface WxRequests {
  request(options: {
    url: string;
    timeout: number;
    success(answer: { statusCode: number; data: unknown; header: object }): void;
    fail(): void;
  }): unknown;
}

/** The only user of `wx.request` for the HTTP API. */
export function wxRequester(wx: WxRequests): Requester {
  return {
    get: (url) =>
      new Promise<HttpAnswer>((resolve) => {
        wx.request({
          url,
          timeout: REQUEST_TIMEOUT_MS,
          success: ({ statusCode, data, header }) => {
            const waitMs = retryAfterMs(headerOf(header, "retry-after"));
            const answer = { status: statusCode, body: data };
            resolve(waitMs === undefined ? answer : { ...answer, retryAfterMs: waitMs });
          },
          fail: () => resolve({ status: 0, body: undefined }),
        });
      }),
  };
}
