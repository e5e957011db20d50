/**
 * The checksum by which a client finds out that what it shows is not what the server has, symbol by symbol, without anybody
 * having to send it again: CRC-32 (ISO-HDLC, the one of zip and PNG; RFC 1952, section 8) over a text that both ends make.
 */
import { type Depth, type DepthLevel, type Quote, QUOTE_FIELDS, type SymbolCode } from "./market.ts";

const TABLE = Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? remainder >>> 1 ^ 0xedb88320 : remainder >>> 1;
  return remainder;
});

/** CRC-32 of a text of ASCII characters, from 0 to 2^32 − 1. */
export function crc32(ascii: string): number {
  let crc = 0xffff_ffff;
  for (let i = 0; i < ascii.length; i++) {
    crc = (TABLE[(crc ^ ascii.charCodeAt(i)) & 0xff] ?? 0) ^ crc >>> 8;
  }
  return (crc ^ 0xffff_ffff) >>> 0;
}

/**
 * The text under the checksum: symbol, `seq` and every field of the quote in the order of `QUOTE_FIELDS`, separated by `|`; then,
 * where there is a book, each side's levels as `price:size`, separated by `,`, and its four totals in the order of their schema.
 *
 * `600519.SH|4711|170012|…|continuous|170011:300,170010:1200|170012:500|602000|602300|0|0`
 */
export function checksumText(symbol: SymbolCode, seq: number, quote: Readonly<Quote>, depth?: Readonly<Depth>): string {
  let text = `${symbol}|${seq}`;
  for (const field of QUOTE_FIELDS) text += `|${quote[field]}`;
  if (!depth) return text;
  const { outsideVolume, insideVolume, indicativePrice, indicativeVolume } = depth;
  return `${text}|${levelsText(depth.bids)}|${levelsText(depth.asks)}|` +
    `${outsideVolume}|${insideVolume}|${indicativePrice}|${indicativeVolume}`;
}

function levelsText(levels: readonly DepthLevel[]): string {
  return levels.map(([price, size]) => `${price}:${size}`).join(",");
}

/** The checksum of a quote, and of its book where there is one: what `crc` of a message must be. */
export function checksumOf(symbol: SymbolCode, seq: number, quote: Readonly<Quote>, depth?: Readonly<Depth>): number {
  return crc32(checksumText(symbol, seq, quote, depth));
}
