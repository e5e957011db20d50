/** Something wrong, where it is and what it is. */
export interface Problem {
  /** Path from the repository's root. */
  readonly file: string;
  /** First line is 1; absent where the whole file is meant. */
  readonly line?: number;
  /** First column is 1. */
  readonly column?: number;
  readonly what: string;
}

/** `file:line:column: what`, as editors and CI understand it. */
export function problemText({ file, line, column, what }: Problem): string {
  return [file, line, column].filter((part) => part !== undefined).join(":") + `: ${what}`;
}
