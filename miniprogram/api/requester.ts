/** What came back from one request. */
export interface HttpAnswer {
  /** The HTTP status; 0 where no answer came at all. */
  readonly status: number;
  /** The body, read as JSON; the raw text where it is none, `undefined` where no answer came. */
  readonly body: unknown;
  /** What `Retry-After` asks for, in milliseconds, where it names seconds. */
  readonly retryAfterMs?: number;
}

/** Asks a server over HTTP. An argument to the API, so that tests bring their own. */
export interface Requester {
  /** Never throws: a server that cannot be reached is an answer too. */
  get(url: string): Promise<HttpAnswer>;
}
