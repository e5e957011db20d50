/// <reference lib="dom" />
import type {} from "miniprogram-api-typings";
import type { PhoneNetwork } from "../network.ts";

type Option = WechatMiniprogram.RequestOption;

/** A request may take this long unless it says otherwise. */
const TIMEOUT_MS = 60_000;

/** What wx.request returns here; listening for headers and chunks is not offered. */
export interface PreviewRequestTask {
  abort(): void;
}

/** wx.request over the browser's fetch. */
export function requestApi(network: PhoneNetwork) {
  return {
    request(option: Option): PreviewRequestTask {
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort("timeout"), option.timeout ?? TIMEOUT_MS);
      perform(option, network, controller.signal).then((result) => {
        option.success?.(result as unknown as Parameters<NonNullable<Option["success"]>>[0]);
        option.complete?.(result as unknown as Parameters<NonNullable<Option["complete"]>>[0]);
      }, (error) => {
        const errMsg = `request:fail ${reasonOf(error, controller.signal)}`;
        const failure = { errMsg, errno: 600001, useHttpDNS: false } as WechatMiniprogram.RequestFailCallbackErr;
        option.fail?.(failure);
        option.complete?.(failure);
      }).finally(() => clearTimeout(timer));
      return { abort: () => controller.abort("abort") };
    },
  };
}

function reasonOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return String(signal.reason);
  return error instanceof Error ? error.message : String(error);
}

async function perform(option: Option, network: PhoneNetwork, signal: AbortSignal) {
  if (!network.isConnected) throw new Error("network is down");
  const method = option.method ?? "GET";
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(option.header ?? {})) headers[name.toLowerCase()] = String(value);
  headers["content-type"] ??= "application/json";
  const { url, body } = encode(option.url, method, option.data, headers["content-type"]);
  const response = await fetch(url, { method, headers, signal, ...(body !== undefined && { body }) });
  const data = option.responseType === "arraybuffer" ? await response.arrayBuffer() : await text(response, option);
  return {
    data,
    statusCode: response.status,
    header: Object.fromEntries(response.headers),
    cookies: [],
    errMsg: "request:ok",
  };
}

/** As in WeChat, data goes into the query of a GET and into the body otherwise. */
function encode(url: string, method: string, data: Option["data"], type: string): { url: string; body?: BodyInit } {
  if (data === undefined) return { url };
  if (typeof data === "string" || data instanceof ArrayBuffer) return method === "GET" ? { url } : { url, body: data };
  const pairs = new URLSearchParams(Object.entries(data).map(([name, value]) => [name, String(value)])).toString();
  if (method === "GET") return { url: pairs ? `${url}${url.includes("?") ? "&" : "?"}${pairs}` : url };
  return { url, body: type.includes("x-www-form-urlencoded") ? pairs : JSON.stringify(data) };
}

async function text(response: Response, option: Option): Promise<unknown> {
  const raw = await response.text();
  if (option.dataType !== undefined && option.dataType !== "json") return raw;
  try {
    return JSON.parse(raw);
  } catch {
    // WeChat hands over what is not JSON as it is.
    return raw;
  }
}
