/** What `hello` says so that the first round trip brings all that is missing, and nothing else. Pure. */
import type { Channel, Resume, ResumePosition, SymbolCode } from "../lib/shared";
import { TIERS, type Wish, type WishBySymbol } from "./wishes";

/** Bytes of `hello` around its groups, and of a group around its symbols, in JSON, generously. */
const BYTES_AROUND_GROUPS = 500;
const BYTES_AROUND_SYMBOLS = 120;

/** Groups that one resume may have. */
const GROUPS_MAX = 64;

export interface ResumeParts {
  readonly id: number;
  /** The epoch of the positions; "" where none is known, which fits no server's. */
  readonly epoch: string;
  /** Update frames a second. @default the fastest allowed */
  readonly ratePerSecond: number | undefined;
  readonly wanted: WishBySymbol;
  /** What there is of a symbol already. */
  readonly position: (symbol: SymbolCode, channels: readonly Channel[]) => ResumePosition;
  /** Largest `hello` in bytes of JSON; in binary it is smaller. */
  readonly bytesMax: number;
  /** Place of the first symbol to name, nearest first: where an earlier plan had no more room. */
  readonly start: number;
}

export interface PlannedResume {
  readonly resume: Resume;
  /** What of the wishes found room. */
  readonly told: WishBySymbol;
  /** Place of the first symbol that found no room; 0 where all the rest did. */
  readonly nextStart: number;
}

/** The nearest symbols first, as many as there is room for; `undefined` where nothing is wanted. */
export function planResume(parts: ResumeParts): PlannedResume | undefined {
  const { id, epoch, ratePerSecond, wanted, position, bytesMax, start } = parts;
  const groups = new Map<string, Resume["groups"][number]>();
  const told = new Map<SymbolCode, Wish>();
  const all = nearestFirst(wanted);
  const first = start < all.length ? start : 0;
  let bytes = BYTES_AROUND_GROUPS;
  for (const [symbol, wish] of all.slice(first)) {
    const channels = Array.from(wish.channels).sort();
    const key = `${wish.tier} ${channels.join()}`;
    const group = groups.get(key) ?? { channels, tier: wish.tier, symbols: [] };
    const entry = position(symbol, channels);
    bytes += JSON.stringify(entry).length + 1 + (group.symbols.length === 0 ? BYTES_AROUND_SYMBOLS : 0);
    if (told.size > 0 && (bytes > bytesMax || groups.size >= GROUPS_MAX && !groups.has(key))) break;
    group.symbols.push(entry);
    groups.set(key, group);
    told.set(symbol, wish);
  }
  if (told.size === 0) return undefined;
  const resume: Resume = { id, epoch, groups: Array.from(groups.values()) };
  if (ratePerSecond !== undefined) resume.rate = ratePerSecond;
  return { resume, told, nextStart: first + told.size < all.length ? first + told.size : 0 };
}

function nearestFirst(wanted: WishBySymbol): [SymbolCode, Wish][] {
  const all = Array.from(wanted);
  const byTier = TIERS.map((tier) => all.filter(([, wish]) => wish.tier === tier));
  return ([] as [SymbolCode, Wish][]).concat(...byTier);
}
