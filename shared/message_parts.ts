/** What may be said of a message by both ends: channels, tiers, request numbers, heartbeats. */
import * as z from "zod/mini";

// WeChat replaces Function by a stub that does not throw, which misleads zod's probe for code generation. This must
// run before the first schema parses anything; schemas compile on first use.
z.config({ jitless: true });

export const Channel = z.enum(["quote", "depth", "trades", "candle"]);
export type Channel = z.infer<typeof Channel>;

/** Every channel, in the order of the list in `welcome`. */
export const CHANNELS: readonly Channel[] = ["quote", "depth", "trades", "candle"];

/**
 * How near a symbol is to the eye: `visible` comes at the connection's own rate, `near` (a screen away) at the slow rate that
 * `welcome` states, `hidden` not at all until it comes nearer.
 */
export const Tier = z.enum(["visible", "near", "hidden"]);
export type Tier = z.infer<typeof Tier>;

export const RequestId = z.int().check(z.gte(0));
/** Update frames per second for this connection. Clamped to the limits in `welcome`. */
export const Rate = z.number().check(z.gt(0));

/** Either end sends it; the other answers with `pong`. */
export const Ping = z.object({
  type: z.literal("ping"),
  /** The sender's clock in milliseconds since 1970-01-01 UTC. */
  timeMs: z.optional(z.number()),
});
export const Pong = z.object({
  type: z.literal("pong"),
  /** `timeMs` of the ping that this answers. */
  pingTimeMs: z.optional(z.number()),
  /** The answering end's clock. */
  timeMs: z.optional(z.number()),
});
