/** What a person types into a search box, made comparable. */

/** Longest query that is looked for, in characters; what is longer finds nothing. */
export const QUERY_LENGTH_MAX = 64;

/**
 * A query or a name as it is compared: full-width letters made half-width, lower case, ü written v, without the blanks
 * and marks that people put between words.
 */
export function normalise(text: string): string {
  return text.normalize("NFKC").toLowerCase().replaceAll(/[üǖǘǚǜ]/g, "v").replaceAll(/[\s'’·*&-]+/g, "");
}

/**
 * A query that names its exchange in front, as sh600519 does, with the exchange behind: 600519.sh. Other queries stay as
 * they are.
 */
export function exchangeBehind(query: string): string {
  const match = /^(sh|sz|bj)\.?(\d{6})$/.exec(query);
  return match ? `${match[2]}.${match[1]}` : query;
}
