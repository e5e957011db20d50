/**
 * Which pages may open a socket here. A browser states its page in `Origin`; a mini-program sends no Origin and a
 * `Referer` of servicewechat.com; a program of another kind usually sends neither, and cannot be told from a liar.
 */

export interface OriginPolicy {
  /** Further origins, such as `https://quotes.example.com`; `*` admits every page. */
  readonly allowedOrigins: readonly string[];
}

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);
const WECHAT_HOST = "servicewechat.com";

/**
 * Whether the page behind a handshake may connect: pages that this server itself served (Origin's host is `Host`), pages
 * on the loopback of the visitor's own machine (devtools), mini-programs, and what the configuration adds.
 */
export function isAllowedPage(headers: Headers, policy: OriginPolicy): boolean {
  const stated = headers.get("origin") ?? headers.get("referer");
  if (stated === null || policy.allowedOrigins.includes("*")) return true;
  const page = parseUrl(stated);
  if (!page) return false;
  return page.host === headers.get("host") || isLoopbackHost(page.hostname) ||
    (page.protocol === "https:" && page.host === WECHAT_HOST) || policy.allowedOrigins.includes(page.origin);
}

/** Whether a URL's host names the machine that asks. */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK_HOSTS.has(hostname);
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
