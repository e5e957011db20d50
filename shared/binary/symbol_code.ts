/** Symbols as numbers: six digits and an exchange fit into 22 bits. */
import { SymbolCode } from "../market.ts";
import type { ByteReader } from "./byte_reader.ts";
import type { ByteWriter } from "./byte_writer.ts";
import { EXCHANGE_ORDER } from "./wire.ts";

const SYMBOL_CODE_MAX = 999_999 * 4 + EXCHANGE_ORDER.length - 1;
/** The longest name that the schemas of a client's messages take. */
const NAME_LENGTH_MAX = 32;

/** Six digits, times four, plus the exchange's place in `EXCHANGE_ORDER`. */
export function symbolToCode(symbol: string): number {
  return Number(symbol.slice(0, 6)) * 4 + EXCHANGE_ORDER.findIndex((exchange) => symbol.endsWith(exchange));
}

/** The symbol of such a number, or undefined where it is none. */
function symbolOfCode(code: number): SymbolCode | undefined {
  const exchange = EXCHANGE_ORDER[code % 4];
  if (exchange === undefined) return undefined;
  return `${String(Math.floor(code / 4)).padStart(6, "0")}.${exchange}` as string as SymbolCode;
}

/** A symbol that need not exist: its number plus one, or 0 and its text. */
export function writeName(writer: ByteWriter, name: string): void {
  if (SymbolCode.safeParse(name).success) return writer.count(symbolToCode(name) + 1);
  writer.count(0);
  writer.text(name);
}

/** See {@link writeName}. The text has `lengthMin` to `lengthMax` characters. */
export function readName(reader: ByteReader, field: string, lengthMin = 1, lengthMax = NAME_LENGTH_MAX): string {
  const code = reader.count(field, SYMBOL_CODE_MAX + 1);
  if (code === 0) return reader.text(field, lengthMin, lengthMax);
  return symbolOfCode(code - 1) ?? unknownExchange(reader, field);
}

/** A symbol that exists, by its number. */
export function readCode(reader: ByteReader, field: string): SymbolCode {
  return symbolOfCode(reader.count(field, SYMBOL_CODE_MAX)) ?? unknownExchange(reader, field);
}

function unknownExchange(reader: ByteReader, field: string): SymbolCode {
  reader.unknown(field);
  return "" as string as SymbolCode;
}
