import type { HttpAnswer, Requester } from "./requester";

/** How long an answer is waited for, in milliseconds: longer than a slow network takes, shorter than patience lasts. */
const REQUEST_TIMEOUT_MS = 8_000;

/** What is used of `wx`; an argument, so that tests can bring their own. */
export interface WxRequests {
  request(options: {
    url: string;
    timeout: number;
    success(answer: { statusCode: number; data: unknown }): void;
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
          success: ({ statusCode, data }) => resolve({ status: statusCode, body: data }),
          fail: () => resolve({ status: 0, body: undefined }),
        });
      }),
  };
}
