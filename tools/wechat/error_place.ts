import type { Problem } from "./problem.ts";

export interface Failure {
  readonly message: string;
  /** File as the compiler names it: from the repository's root or from the mini-program's; may be empty. */
  readonly path: string;
}

export interface Sources {
  /** Where the mini-program lives, with a slash at its end: `miniprogram/`. */
  readonly root: string;
  /** A file's text by its path from the repository's root; undefined when there is none. */
  read(file: string): string | undefined;
}

/** Each stage of WeChat's compiler words its errors in its own way; this finds file, line and reason in all of them. */
export function placeOf(failure: Failure, sources: Sources): Problem[] {
  const place = fromTypeScript(failure.message) ?? fromStyle(failure.message) ?? fromTemplate(failure);
  if (place) return [{ ...place, file: inRoot(place.file, sources.root) }];
  return fromJson(failure, sources);
}

function inRoot(file: string, root: string): string {
  const path = file.replace(/^\/+/, "");
  return path.startsWith(root) ? path : root + path;
}

/** `  x Expression expected\n   ,-[pages/home/index.ts:3:1]`, with boxes drawn in ASCII or in Unicode. */
function fromTypeScript(message: string): Problem | undefined {
  const found = /^\s*[x×]\s+(.+?)\s*[,╭][-─]+\[(.+?):(\d+):\d+\]/s.exec(message);
  // The column is that of the excerpt, not that of the error, so it is left out.
  return found ? { file: text(found[2]), line: Number(found[3]), what: oneLine(text(found[1])) } : undefined;
}

/** `/pages/home/index.wxss:1:1: Unclosed block\n> 1 | .a {`. */
function fromStyle(message: string): Problem | undefined {
  const found = /^\/?([\w./-]+\.wxss):(\d+):(\d+):\s*(.+)/.exec(message);
  if (!found) return undefined;
  return { file: text(found[1]), line: Number(found[2]), column: Number(found[3]), what: text(found[4]) };
}

/** `2:16:unexpected end tag: view`, the file being told apart. */
function fromTemplate({ message, path }: Failure): Problem | undefined {
  const found = /^(\d+):(\d+):\s*(.+)/.exec(message);
  if (!found || path === "") return undefined;
  return { file: path, line: Number(found[1]), column: Number(found[2]), what: text(found[3]) };
}

/** `miniprogram/app.json: ["pages"][1] could not find …`: the line has to be looked for in the file itself. */
function fromJson({ message, path }: Failure, sources: Sources): Problem[] {
  const file = path === "" ? "project.config.json" : path;
  const source = sources.read(file) ?? "";
  const syntax = message.indexOf("SyntaxError: ");
  const reasons = syntax >= 0 ? [oneLine(message.slice(syntax))] : withoutRepeats(message.split("\n"), file);
  return reasons.map((what) => {
    const line = syntax >= 0 ? lineOfSyntaxError(message, source) : lineOfMention(what, source);
    return line === undefined ? { file, what } : { file, line, what };
  });
}

/** The compiler says the file's name again before the reason. */
function withoutRepeats(lines: readonly string[], file: string): string[] {
  const told = lines.map((line) => line.replace(`${file}: `, "").trim()).filter((reason) => reason !== "");
  return told.length > 0 ? told : ["not accepted, and the compiler does not say why"];
}

/** How much of the text V8 shows before the offending character. */
const CONTEXT_CHARACTERS = 10;

/** V8 tells a line, or shows what stands around the offending character, or only says that the text ended. */
function lineOfSyntaxError(message: string, source: string): number | undefined {
  const told = /\(line (\d+) column \d+\)/.exec(message);
  if (told) return Number(told[1]);
  if (message.includes("Unexpected end of JSON input")) return lineAt(source, source.trimEnd().length);
  const excerpt = /, \.\.\."(.+)"(?:\.\.\.)? is not valid JSON/s.exec(message);
  const index = excerpt ? source.indexOf(text(excerpt[1])) : -1;
  return index < 0 ? undefined : lineAt(source, index + CONTEXT_CHARACTERS);
}

/** The first name in the message that stands quoted in the file: `"pages/none/index.wxml"`, `window.title`. */
function lineOfMention(what: string, source: string): number | undefined {
  const quoted = [...what.matchAll(/"([^"]+)"/g)].map((found) => text(found[1]).replace(/\.(wxml|js|ts|json)$/, ""));
  const named = [...what.matchAll(/\b(\w+)(?= field\b)/g)].map((found) => text(found[1]));
  // What is named last is the most particular: `["usingComponents"]["x-y"]` means x-y.
  for (const name of [...named, ...quoted.reverse()]) {
    const index = source.indexOf(`"${name}"`);
    if (index >= 0) return lineAt(source, index);
  }
  return undefined;
}

function lineAt(source: string, index: number): number {
  return source.slice(0, index).split("\n").length;
}

function oneLine(words: string): string {
  return words.replace(/\s+/g, " ");
}

function text(group: string | undefined): string {
  return group ?? "";
}
