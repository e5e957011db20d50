/** What is wrong with a server address: a key of the texts in the section `serverAddress`. */
export type AddressFault = "empty" | "scheme" | "space" | "host" | "port" | "fragment" | "tooLong";

export type AddressCheck =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly fault: AddressFault };

/** Longest address accepted, in characters. */
export const ADDRESS_LENGTH_MAX = 300;

/** The server that `deno task start` runs, seen from WeChat's developer tools on the same computer. */
export const DEFAULT_SERVER_ADDRESS = "ws://127.0.0.1:8000/ws";

/** Where the server listens when an address names no path. */
const DEFAULT_PATH = "/ws";

/** A host: a bracketed IPv6 address, or anything without the characters that end it. */
const HOST = /^(\[[0-9a-fA-F:.]+\]|[^:@[\]]+)(?::(.*))?$/;

/**
 * Checks an address that a person typed and gives it in the form in which it is used: scheme in small letters, path `/ws`
 * where there is none. Phones have no `URL`, so it is taken apart by hand.
 */
export function checkServerAddress(input: string): AddressCheck {
  const text = input.trim();
  if (text === "") return { ok: false, fault: "empty" };
  if (text.length > ADDRESS_LENGTH_MAX) return { ok: false, fault: "tooLong" };
  if (/\s/.test(text)) return { ok: false, fault: "space" };
  const [, scheme, authority, path] = /^(wss?):\/\/([^/?#]*)(.*)$/i.exec(text) ?? [];
  if (scheme === undefined || authority === undefined || path === undefined) return { ok: false, fault: "scheme" };
  // RFC 6455, section 3: a WebSocket address has no fragment.
  if (path.includes("#")) return { ok: false, fault: "fragment" };
  const [matched, , port] = HOST.exec(authority) ?? [];
  if (matched === undefined) return { ok: false, fault: "host" };
  if (port !== undefined && !isPort(port)) return { ok: false, fault: "port" };
  const fullPath = path === "" || path === "/" ? DEFAULT_PATH : path.replace(/^\?/, `${DEFAULT_PATH}?`);
  return { ok: true, url: `${scheme.toLowerCase()}://${authority}${fullPath}` };
}

/** The `server` of a launch query: from a QR code it arrives percent-encoded. `undefined` when it is no valid address. */
export function serverFromQuery(query: Readonly<Record<string, unknown>>): string | undefined {
  const raw = query["server"];
  if (typeof raw !== "string") return undefined;
  const check = checkServerAddress(decoded(raw));
  return check.ok ? check.url : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isPort(digits: string): boolean {
  const port = Number(digits);
  return digits !== "" && port >= 1 && port <= 65_535;
}
