import type { Sources } from "./error_place.ts";
import type { Problem } from "./problem.ts";

type Files = ReadonlyMap<string, string | Uint8Array>;

interface Kind {
  /** Ending of the files that refer to others. */
  readonly ending: string;
  /** Its first group is what is referred to. */
  readonly pattern: RegExp;
  /** Endings that may be left out. */
  readonly assumed: readonly string[];
}

const KINDS: readonly Kind[] = [
  { ending: ".js", pattern: /\brequire\(\s*["']([^"']+)["']\s*\)/g, assumed: ["", ".js", "/index.js"] },
  { ending: ".wxss", pattern: /@import\s+(?:url\()?["']([^"']+)["']/g, assumed: ["", ".wxss"] },
  { ending: ".wxml", pattern: /<(?:wxs|import|include)\b[^>]*?\bsrc=["']([^"'{]+)["']/g, assumed: ["", ".wxml"] },
  { ending: ".wxs", pattern: /\brequire\(\s*["']([^"']+)["']\s*\)/g, assumed: ["", ".wxs"] },
];

/**
 * References between compiled files that lead nowhere. WeChat's compiler accepts them, and the phone then fails when
 * it gets there: a file left out by `packOptions`, found unused by the analyser or never written.
 */
export function danglingReferences(files: Files, sources: Sources): Problem[] {
  const problems: Problem[] = [];
  for (const [file, content] of files) {
    const kind = KINDS.find(({ ending }) => file.endsWith(ending));
    if (!kind) continue;
    const compiled = typeof content === "string" ? content : new TextDecoder().decode(content);
    for (const [, target = ""] of compiled.matchAll(kind.pattern)) {
      const path = resolve(file, target);
      if (kind.assumed.some((ending) => files.has(path + ending))) continue;
      const what = `refers to "${target}", which is not in the compiled mini-program`;
      problems.push({ ...placeIn(sources, file, target), what });
    }
  }
  return problems;
}

/** The source of a compiled file, and the line on which it names `target`. */
function placeIn(sources: Sources, compiled: string, target: string): Omit<Problem, "what"> {
  const path = sources.root + compiled;
  const typescript = path.replace(/\.js$/, ".ts");
  const file = sources.read(typescript) === undefined ? path : typescript;
  const lines = (sources.read(file) ?? "").split("\n");
  const index = lines.findIndex((line) => line.includes(target));
  return index < 0 ? { file } : { file, line: index + 1 };
}

/** `..` and `.` resolved against the file's folder; a leading slash is the mini-program's root. */
function resolve(file: string, target: string): string {
  const folder = target.startsWith("/") ? [] : file.split("/").slice(0, -1);
  for (const part of target.split("/")) {
    if (part === "..") folder.pop();
    else if (part !== "." && part !== "") folder.push(part);
  }
  return folder.join("/");
}
