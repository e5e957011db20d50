/** The parameters of a page, as its onLoad receives them. */
export type Query = Record<string, string>;

/** A page and its parameters. */
export interface PageUrl {
  route: string;
  query: Query;
}

/**
 * Reads `/pages/stock/index?symbol=600519.SH`. As in WeChat the values are decoded for the launch only; pages decode
 * what they encoded.
 */
export function parsePageUrl(url: string, from = ""): PageUrl {
  const [path = "", search = ""] = url.split(/\?(.*)/s);
  const query: Query = {};
  for (const pair of search.split("&")) {
    if (pair === "") continue;
    const at = pair.indexOf("=");
    if (at === -1) query[pair] = "";
    else query[pair.slice(0, at)] = pair.slice(at + 1);
  }
  return { route: resolveRoute(path, from), query };
}

function resolveRoute(path: string, from: string): string {
  const parts = path.startsWith("/") || from === "" ? [] : from.split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
