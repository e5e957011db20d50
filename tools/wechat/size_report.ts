import { COMPILED_BYTES_MAX } from "./budget.ts";
import type { Problem } from "./problem.ts";

export interface PartSize {
  /** A page or component with its folder, another folder, or "app" for the files at the root. */
  readonly part: string;
  readonly files: number;
  readonly bytes: number;
}

/** Adds the compiled files up by page, component and folder, the largest first. */
export function sizesByPart(files: ReadonlyMap<string, string | Uint8Array>): PartSize[] {
  const parts = new Map<string, PartSize>();
  for (const [path, content] of files) {
    const part = partOf(path);
    const { files: count, bytes } = parts.get(part) ?? { files: 0, bytes: 0 };
    parts.set(part, { part, files: count + 1, bytes: bytes + byteLength(content) });
  }
  return [...parts.values()].sort((a, b) => b.bytes - a.bytes || a.part.localeCompare(b.part));
}

/** What to say when the mini-program is larger than it may be. */
export function overBudget(
  sizes: readonly PartSize[],
  root: string,
  bytesMax: number = COMPILED_BYTES_MAX,
): Problem | undefined {
  const overBytes = totalBytes(sizes) - bytesMax;
  if (overBytes <= 0) return undefined;
  const advice = "Make something smaller or move a page into a subpackage; tools/wechat/budget.ts gives the reason";
  return { file: root, what: `${grouped(overBytes)} bytes over the budget of ${grouped(bytesMax)}. ${advice}` };
}

function totalBytes(sizes: readonly PartSize[]): number {
  return sizes.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** A table for the terminal, with the share of the budget. */
export function sizeTable(sizes: readonly PartSize[], bytesMax: number = COMPILED_BYTES_MAX): string {
  const total = totalBytes(sizes);
  const files = sizes.reduce((sum, part) => sum + part.files, 0);
  const width = Math.max(5, ...sizes.map(({ part }) => part.length));
  const row = (name: string, count: string, bytes: string) =>
    `  ${name.padEnd(width)}  ${count.padStart(5)}  ${bytes.padStart(9)}`;
  return [
    row("part", "files", "bytes"),
    ...sizes.map(({ part, files, bytes }) => row(part, String(files), grouped(bytes))),
    `${row("total", String(files), grouped(total))}  ${percent(total, bytesMax)} of ${grouped(bytesMax)}`,
  ].join("\n");
}

/** 12345 as "12,345". */
function grouped(bytes: number): string {
  return String(bytes).replace(/\B(?=(\d{3})+$)/g, ",");
}

function partOf(path: string): string {
  const folders = path.split("/").slice(0, -1);
  if (folders.length === 0) return "app";
  const isScreenPart = folders[0] === "pages" || folders[0] === "components";
  return folders.slice(0, isScreenPart ? 2 : 1).join("/");
}

function byteLength(content: string | Uint8Array): number {
  return typeof content === "string" ? new TextEncoder().encode(content).length : content.length;
}

function percent(bytes: number, bytesMax: number): string {
  return `${(100 * bytes / bytesMax).toFixed(1)} %`;
}
