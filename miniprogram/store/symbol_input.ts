import type { SymbolCode } from "../lib/shared";

/** What is wrong with a code that a person typed. */
export type SymbolFault = "empty" | "form" | "exchange";

export type SymbolCheck =
  | { readonly ok: true; readonly symbol: SymbolCode }
  | { readonly ok: false; readonly fault: SymbolFault };

type Exchange = "SH" | "SZ" | "BJ";

/**
 * Which exchange issues a stock's code, by how it begins. Shanghai: 60 main board, 68 STAR. Shenzhen: 00 main board,
 * 30 ChiNext. Beijing: 43, 83, 87 and, since 2025, 92. Index codes overlap with these and need their suffix.
 */
const EXCHANGE_BY_PREFIX: Readonly<Record<string, Exchange>> = {
  "60": "SH",
  "68": "SH",
  "00": "SZ",
  "30": "SZ",
  "43": "BJ",
  "83": "BJ",
  "87": "BJ",
  "92": "BJ",
};

/** Reads a code in any of the ways in which people write it: 600519, 600519.sh, SH600519, and in full-width digits too. */
export function checkSymbol(input: string): SymbolCheck {
  const text = halfWidth(input).replace(/\s/g, "").toUpperCase();
  if (text === "") return { ok: false, fault: "empty" };
  const suffixed = /^(\d{6})\.?(SH|SZ|BJ)$/.exec(text);
  if (suffixed) return { ok: true, symbol: `${suffixed[1]}.${suffixed[2]}` as SymbolCode };
  const prefixed = /^(SH|SZ|BJ)\.?(\d{6})$/.exec(text);
  if (prefixed) return { ok: true, symbol: `${prefixed[2]}.${prefixed[1]}` as SymbolCode };
  if (!/^\d{6}$/.test(text)) return { ok: false, fault: "form" };
  const exchange = EXCHANGE_BY_PREFIX[text.slice(0, 2)];
  return exchange ? { ok: true, symbol: `${text}.${exchange}` as SymbolCode } : { ok: false, fault: "exchange" };
}

/** A Chinese keyboard may give the full-width forms, U+FF01 to U+FF5E, of the ASCII characters 0xFEE0 below them. */
function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)).replace(
    /。/g,
    ".",
  );
}
