import { STATUS_CODE } from "@std/http/status";
import { chooseSubprotocol, parseOffered, SUBPROTOCOLS } from "../../shared/mod.ts";
import { isAllowedPage, type OriginPolicy } from "./origin.ts";
import type { Problem } from "./problem.ts";

export type HandshakeResult =
  | { readonly ok: true; readonly protocol: string }
  | { readonly ok: false; readonly problem: Problem };

/**
 * Checks an opening handshake (RFC 6455, section 4.2.1), because `Deno.upgradeWebSocket` checks neither method, version,
 * key nor origin, and throws where the key is missing or the subprotocol was not offered.
 */
export function checkHandshake(method: string, headers: Headers, policy: OriginPolicy): HandshakeResult {
  const problem = checkUpgrade(method, headers) ?? checkPage(headers, policy);
  if (problem) return { ok: false, problem };
  const offered = parseOffered(headers.get("sec-websocket-protocol"));
  const protocol = chooseSubprotocol(offered);
  return protocol === undefined ? { ok: false, problem: noSubprotocol(offered) } : { ok: true, protocol };
}

function checkUpgrade(method: string, headers: Headers): Problem | undefined {
  if (method !== "GET") {
    const message = `A WebSocket opens with GET, not ${method}.`;
    return { status: STATUS_CODE.MethodNotAllowed, code: "method", message, headers: { allow: "GET" } };
  }
  if (headers.get("host") === null) {
    const message = "A WebSocket opens with an HTTP/1.1 request, which has a `Host` header.";
    return { status: STATUS_CODE.BadRequest, code: "host", message };
  }
  if (!hasToken(headers.get("upgrade"), "websocket") || !hasToken(headers.get("connection"), "upgrade")) {
    const message = "This is a WebSocket end point: send `Connection: Upgrade` and `Upgrade: websocket`.";
    const upgrade = { upgrade: "websocket", connection: "Upgrade" };
    return { status: STATUS_CODE.UpgradeRequired, code: "upgrade_required", message, headers: upgrade };
  }
  const version = headers.get("sec-websocket-version");
  if (version !== "13") {
    const message = `WebSocket version ${
      cut(version ?? "(none)")
    } is not supported: send \`Sec-WebSocket-Version: 13\`.`;
    return {
      status: STATUS_CODE.UpgradeRequired,
      code: "version",
      message,
      headers: { "sec-websocket-version": "13" },
    };
  }
  if (!isKey(headers.get("sec-websocket-key"))) {
    const message = "`Sec-WebSocket-Key` must be 16 random bytes in base64.";
    return { status: STATUS_CODE.BadRequest, code: "key", message };
  }
  return undefined;
}

function checkPage(headers: Headers, policy: OriginPolicy): Problem | undefined {
  if (isAllowedPage(headers, policy)) return undefined;
  const message = `Pages of ${cut(headers.get("origin") ?? headers.get("referer") ?? "")} may not connect here: ` +
    "start the server with --allow-origin for that origin.";
  return { status: STATUS_CODE.Forbidden, code: "origin", message };
}

function noSubprotocol(offered: readonly string[]): Problem {
  const got = offered.length === 0 ? "No subprotocol was offered" : `None of ${cut(offered.join(", "))} is spoken here`;
  const message = `${got}: offer ${SUBPROTOCOLS.join(" or ")} in \`Sec-WebSocket-Protocol\`.`;
  return { status: STATUS_CODE.BadRequest, code: "subprotocol", message };
}

/** What the client sent, cut short: an answer must not echo a flood. */
function cut(text: string): string {
  return text.length > 100 ? `${text.slice(0, 97)}...` : text;
}

/** Whether a comma-separated header has `token`, in any case: browsers send `Connection: keep-alive, Upgrade`. */
function hasToken(header: string | null, token: string): boolean {
  return (header ?? "").split(",").some((part) => part.trim().toLowerCase() === token);
}

/** Sixteen bytes in base64 are 22 digits, the last of which carries two bits, and two signs of padding. */
function isKey(key: string | null): boolean {
  return key !== null && /^[A-Za-z0-9+/]{21}[AQgw]==$/.test(key);
}
