/** What the client needs of HTTP where it can have no socket, whoever provides it: WeChat on a phone, fetch in a terminal. */

export interface PollRequest {
  /** The address: `http://` or `https://`. */
  readonly url: string;
  /** JSON, to be sent as `application/json`. */
  readonly body: string;
  /** How long an answer may take, in milliseconds. */
  readonly timeoutMs: number;
}

export interface PollAnswer {
  /** The HTTP status; 0 where no answer came at all. */
  readonly status: number;
  /** The body as text; "" where there is none. */
  readonly body: string;
  /** What `Retry-After` asks for, in milliseconds, where it names seconds. */
  readonly retryAfterMs?: number;
}

export interface PollTransport {
  /**
   * Posts, and reports the answer once. It never throws.
   *
   * @returns A function that gives the request up: nothing is reported after it.
   */
  post(request: PollRequest, done: (answer: PollAnswer) => void): () => void;
}

/** Where to poll the server whose sockets are at `socketUrl`: the same host, `/poll` in place of the last part of the path. */
export function pollUrl(socketUrl: string): string {
  const [, secure = "", authority = "", path = "", query = ""] = /^ws(s?):\/\/([^/?]*)([^?]*)(.*)$/i.exec(socketUrl) ??
    [];
  return `http${secure.toLowerCase()}://${authority}${path.replace(/\/[^/]*$/, "")}/poll${query}`;
}

/** `Retry-After` in milliseconds, where it is a number of seconds; an HTTP date is not read. */
export function retryAfterMs(header: unknown): number | undefined {
  const text = typeof header === "number" ? String(header) : header;
  return typeof text === "string" && /^\s*\d{1,6}\s*$/.test(text) ? Number(text) * 1_000 : undefined;
}
