/** A piece of text and the look it has in a terminal. */
export type Look = "plain" | "up" | "down" | "dim" | "bold" | "warning";

const SEQUENCES: Readonly<Record<Look, string>> = {
  plain: "",
  // In China red is up and green is down.
  up: "\x1b[31m",
  down: "\x1b[32m",
  dim: "\x1b[2m",
  bold: "\x1b[1m",
  warning: "\x1b[33m",
};
const RESET = "\x1b[0m";

export type Paint = (text: string, look: Look) => string;

/** @param hasColor False leaves every text as it is. */
export function painter(hasColor: boolean): Paint {
  return (text, look) => hasColor && look !== "plain" ? `${SEQUENCES[look]}${text}${RESET}` : text;
}
