import { isSource, isTest, type TrackedFile } from "./repository.ts";

/** Most lines of a file. Above it there is more than one subject in it. */
const LINES_MAX = 400;

/** Tests are lists of cases, and long lists are easy to read. */
const TEST_LINES_MAX = 600;

/** Files with more lines than they may have, as `file: what`. */
export function tooLong(files: readonly TrackedFile[]): string[] {
  return files.filter(({ path }) => isSource(path)).flatMap(({ path, text }) => {
    const lines = countLines(text);
    const linesMax = isTest(path) ? TEST_LINES_MAX : LINES_MAX;
    return lines <= linesMax
      ? []
      : [`${path}: ${lines} lines, and ${linesMax} is the most. Which two subjects are in it?`];
  });
}

/** Number of lines of the product's middle file, tests and tools left out. */
export function medianLines(files: readonly TrackedFile[]): number {
  const lengths = files
    .filter(({ path }) => isSource(path) && !isTest(path) && !path.startsWith("tools/"))
    .map(({ text }) => countLines(text))
    .sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length / 2)] ?? 0;
}

function countLines(text: string): number {
  return text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}
