/** A fault in the mini-program's source, told so that its author can mend it. */
export interface Problem {
  /** Path relative to the mini-program's root. */
  file: string;
  /** Counted from 1; absent where the fault concerns the whole file. */
  line?: number;
  /** What is wrong. */
  message: string;
  /** What to do about it. */
  fix: string;
}

/** Collects problems so that one build reports them all. */
export class Problems {
  readonly #list: Problem[] = [];

  /** Records a problem once; templates shared by several pages would otherwise repeat it. */
  add(file: string, line: number | undefined, message: string, fix: string): void {
    const known = this.#list.some((p) => p.file === file && p.line === line && p.message === message);
    if (!known) this.#list.push(line === undefined ? { file, message, fix } : { file, line, message, fix });
  }

  /** In the order of file and line. */
  get list(): readonly Problem[] {
    return this.#list.toSorted((a, b) => a.file.localeCompare(b.file) || (a.line ?? 0) - (b.line ?? 0));
  }
}

/** `pages/a/index.wxml:12: what is wrong. What to do.` with `prefix` before the path. */
export function formatProblem(problem: Problem, prefix = ""): string {
  const place = problem.line === undefined ? problem.file : `${problem.file}:${problem.line}`;
  return `${prefix}${place}: ${problem.message} ${problem.fix}`;
}

/** The line, counted from 1, of an offset in a text. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let i = text.indexOf("\n"); i !== -1 && i < offset; i = text.indexOf("\n", i + 1)) line++;
  return line;
}

/** The line of the first occurrence of `needle`, or undefined where it does not occur. */
export function lineOf(text: string, needle: string): number | undefined {
  const at = text.indexOf(needle);
  return at === -1 ? undefined : lineAt(text, at);
}
