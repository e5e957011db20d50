import type { ClientError } from "./quote_client";
import type { CloseInfo } from "./transport";

/** Codes that no endpoint sends: the connection broke, or the close carried none (RFC 6455, section 7.4.1); some platforms say 0. */
const NO_CODE = [0, 1005, 1006, 1015];

/**
 * Says in words why a socket ended without our asking.
 *
 * @param isOpening Whether it ended before it was open.
 * @param error What the platform said, where it said anything.
 */
export function describeEnd(url: string, isOpening: boolean, { code, reason }: CloseInfo, error?: string): ClientError {
  const detail = error ?? reason;
  const because = detail ? `: ${detail}` : "";
  if (isOpening) return { code: "cannot_connect", text: `No connection to ${url}${because}.` };
  if (NO_CODE.includes(code)) return { code: "lost", text: `The connection to ${url} was lost${because}.` };
  return {
    code: "closed_by_server",
    closeCode: code,
    text: `The server closed the connection with code ${code}${because}.`,
  };
}
