import type { Clock } from "../../shared/mod.ts";

/** Time for a body to come, in milliseconds: who sends slower than that holds a request open for nothing. */
export const BODY_TIMEOUT_MS = 5_000;

export type BodyResult =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "too_big" | "too_slow" | "broken" };

/** Reads a request's body as text, as far as it is no larger than `bytesMax` and comes in time. */
export async function readBody(request: Request, bytesMax: number, clock: Clock): Promise<BodyResult> {
  const reader = request.body?.getReader();
  if (!reader) return { kind: "text", text: "" };
  let late = false;
  const timer = clock.setTimeout(() => {
    late = true;
    reader.cancel().catch(() => {});
  }, BODY_TIMEOUT_MS);
  const decoder = new TextDecoder();
  let text = "", bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (late) return { kind: "too_slow" };
      if (done) return { kind: "text", text: text + decoder.decode() };
      bytes += value.length;
      if (bytes > bytesMax) {
        reader.cancel().catch(() => {});
        return { kind: "too_big" };
      }
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    return { kind: late ? "too_slow" : "broken" };
  } finally {
    clock.clearTimeout(timer);
  }
}
