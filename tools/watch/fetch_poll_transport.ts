import {
  type PollAnswer,
  type PollRequest,
  type PollTransport,
  retryAfterMs,
} from "../../miniprogram/net/poll_transport.ts";

/** Polls by the standard fetch. */
export const fetchPollTransport: PollTransport = { post };

function post(request: PollRequest, done: (answer: PollAnswer) => void): () => void {
  const controller = new AbortController();
  perform(request, AbortSignal.any([controller.signal, AbortSignal.timeout(request.timeoutMs)])).then((answer) => {
    if (!controller.signal.aborted) done(answer);
  });
  return () => controller.abort();
}

async function perform({ url, body }: PollRequest, signal: AbortSignal): Promise<PollAnswer> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      signal,
    });
    const answer = { status: response.status, body: await response.text() };
    const waitMs = retryAfterMs(response.headers.get("retry-after"));
    return waitMs === undefined ? answer : { ...answer, retryAfterMs: waitMs };
  } catch {
    // No network, no such host, no answer in time: all of them are no answer.
    return { status: 0, body: "" };
  }
}
