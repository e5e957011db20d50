import { COMPILED_BYTES_MAX } from "./budget.ts";
import type { Problem } from "./problem.ts";

/** The package that is downloaded before the first page. */
const MAIN = "main";

export interface PartSize {
  /** {@link MAIN}, or the root of a subpackage, which is downloaded before the first of its own pages. */
  readonly package: string;
  /** A page or component with its folder, another folder, or "app" for the files at the root. */
  readonly part: string;
  readonly files: number;
  readonly bytes: number;
}

/** Adds the compiled files up by page, component and folder, package by package, the largest first. */
export function sizesByPart(files: ReadonlyMap<string, string | Uint8Array>): PartSize[] {
  const roots = subpackageRoots(files);
  const parts = new Map<string, PartSize>();
  for (const [path, content] of files) {
    const root = roots.find((root) => path.startsWith(`${root}/`));
    const part = partOf(root === undefined ? path : path.slice(root.length + 1));
    const name = root ?? MAIN;
    const key = `${name} ${part}`;
    const { files: count, bytes } = parts.get(key) ?? { files: 0, bytes: 0 };
    parts.set(key, { package: name, part, files: count + 1, bytes: bytes + byteLength(content) });
  }
  const all = [...parts.values()].sort((a, b) => b.bytes - a.bytes || a.part.localeCompare(b.part));
  return [MAIN, ...roots].flatMap((name) => all.filter((part) => part.package === name));
}

/** What app.json says; a mini-program without one has no subpackages. */
function subpackageRoots(files: ReadonlyMap<string, string | Uint8Array>): string[] {
  const app = files.get("app.json");
  if (app === undefined) return [];
  const text = typeof app === "string" ? app : new TextDecoder().decode(app);
  const { subPackages = [] }: { subPackages?: { root: string }[] } = JSON.parse(text);
  return subPackages.map(({ root }) => root.replace(/\/$/, ""));
}

/** What to say when a package is larger than it may be. */
export function overBudget(
  sizes: readonly PartSize[],
  root: string,
  bytesMax: number = COMPILED_BYTES_MAX,
): Problem | undefined {
  for (const name of packagesOf(sizes)) {
    const overBytes = totalBytes(sizes.filter((part) => part.package === name)) - bytesMax;
    if (overBytes <= 0) continue;
    const advice = "Make something smaller or move a page into a subpackage; tools/wechat/budget.ts gives the reason";
    const what = `package ${name}: ${grouped(overBytes)} bytes over the budget of ${grouped(bytesMax)}. ${advice}`;
    return { file: root, what };
  }
  return undefined;
}

function packagesOf(sizes: readonly PartSize[]): string[] {
  return [...new Set(sizes.map((part) => part.package))];
}

function totalBytes(sizes: readonly PartSize[]): number {
  return sizes.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** A table for the terminal, each package with its share of the budget. */
export function sizeTable(sizes: readonly PartSize[], bytesMax: number = COMPILED_BYTES_MAX): string {
  const width = Math.max(9, ...sizes.map(({ part }) => part.length));
  const row = (name: string, count: string, bytes: string) =>
    `  ${name.padEnd(width)}  ${count.padStart(5)}  ${bytes.padStart(9)}`;
  const tables = packagesOf(sizes).map((name) => {
    const parts = sizes.filter((part) => part.package === name);
    const total = totalBytes(parts);
    const files = parts.reduce((sum, part) => sum + part.files, 0);
    return [
      row(`in ${name}`, "files", "bytes"),
      ...parts.map(({ part, files, bytes }) => row(part, String(files), grouped(bytes))),
      `${row("together", String(files), grouped(total))}  ${percent(total, bytesMax)} of ${grouped(bytesMax)}`,
    ].join("\n");
  });
  return tables.join("\n\n");
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
