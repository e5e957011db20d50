/** Text in columns of a terminal, where a Chinese character takes two. */

const WIDE =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;
// deno-lint-ignore no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;

/** Columns that `text` takes. It must carry no escape sequences. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += NO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** `text` cut to at most `width` columns; what is cut off is shown by an ellipsis. */
export function fit(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const character of text) {
    used += textWidth(character);
    if (used > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** `text` in exactly `width` columns, at their left or their right. */
export function pad(text: string, width: number, align: "left" | "right"): string {
  const fitted = fit(text, width);
  const space = " ".repeat(Math.max(0, width - textWidth(fitted)));
  return align === "left" ? fitted + space : space + fitted;
}

/** Takes control characters out: what comes over the network must not steer somebody's terminal. */
export function harmless(text: string): string {
  return text.replace(CONTROL, "");
}
