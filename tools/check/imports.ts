import ts from "typescript";
import { isSource, isTest, type TrackedFile } from "./repository.ts";

/** What the files of one folder may import. Paths are from the repository's root. */
interface Border {
  readonly folder: string;
  /** Folders that a relative import may lead to. */
  readonly folders: readonly string[];
  /** Names of packages, and beginnings of names that end with `/`. */
  readonly packages: readonly string[];
  readonly reason: string;
}

const BORDERS: readonly Border[] = [
  {
    folder: "shared/",
    folders: ["shared/"],
    packages: ["zod/mini"],
    reason: "the contract runs on phones, in browsers and on the server, so it needs nothing of any of them",
  },
  {
    folder: "miniprogram/",
    folders: ["miniprogram/"],
    packages: [],
    reason: "WeChat's compiler packs only what is inside; the contract comes in as lib/shared",
  },
  {
    folder: "server/",
    folders: ["server/", "shared/"],
    packages: ["@std/", "@logtape/", "prom-client", "zod/mini", "node:"],
    reason: "a server is deployed without the mini-program and without tools",
  },
];

/** Product code that runs. Tests are free, and a declaration is gone when the code is built. */
function isBound(path: string): boolean {
  return isSource(path) && !isTest(path) && !path.endsWith(".d.ts");
}

/** What a module imports: `import`, `export … from`, `import()`, `import("…")` types and, if asked, `require`. */
export function importsOf(text: string, withRequire = true): string[] {
  return ts.preProcessFile(text, true, withRequire).importedFiles.map(({ fileName }) => fileName);
}

/** Imports that cross a border of the house, as `file: what`. */
export function bordersCrossed(files: readonly TrackedFile[]): string[] {
  const problems: string[] = [];
  for (const { path, text } of files) {
    const border = BORDERS.find(({ folder }) => path.startsWith(folder));
    if (!border || !isBound(path)) continue;
    for (const specifier of importsOf(text)) {
      if (!isAllowed(specifier, path, border)) problems.push(`${path}: imports "${specifier}", but ${border.reason}`);
    }
  }
  return problems;
}

/** WeChat's devtools do not find a module that is named with its `.ts`. */
export function endingsInMiniprogram(files: readonly TrackedFile[]): string[] {
  return files
    .filter(({ path }) => path.startsWith("miniprogram/") && isBound(path))
    .flatMap(({ path, text }) =>
      importsOf(text)
        .filter((specifier) => /\.(ts|js|mts)$/.test(specifier))
        .map((specifier) => `${path}: imports "${specifier}"; leave the ending away, or devtools cannot find it`)
    );
}

/** Everywhere else a relative import names its file; the linter cannot tell the two apart, so it does not look. */
export function endingsElsewhere(files: readonly TrackedFile[]): string[] {
  return files
    .filter(({ path }) => isSource(path) && !path.startsWith("miniprogram/"))
    .flatMap(({ path, text }) =>
      importsOf(text, false)
        .filter((specifier) => specifier.startsWith(".") && !/\.\w+$/.test(specifier))
        .map((specifier) => `${path}: imports "${specifier}"; outside miniprogram/ an import has its ending`)
    );
}

const SUBPACKAGE = "miniprogram/stock/";

/**
 * Modules of the main package that need code of the subpackage `stock`, which a phone loads only with its first page. Types
 * are gone when the code runs.
 */
export function mainNeedsSubpackage(files: readonly TrackedFile[]): string[] {
  return files
    .filter(({ path }) => path.startsWith("miniprogram/") && !path.startsWith(SUBPACKAGE) && isBound(path))
    .filter(({ path, text }) =>
      [...text.matchAll(/^(?:import|export) (?!type )[^;]*?from "(\.[^"]+)"/gm)]
        .some(([, specifier]) => new URL(specifier as string, `file:///${path}`).pathname.startsWith(`/${SUBPACKAGE}`))
    )
    .map(({ path }) => `${path}: needs code of ${SUBPACKAGE}, which may not be there yet`);
}

/** The one module that may open a socket in the mini-program. */
const SOCKET_OWNER = "miniprogram/net/wx_transport.ts";

/** Other modules of the mini-program that speak of connectSocket: two owners of a socket are two sockets. */
export function otherSocketOwners(files: readonly TrackedFile[]): string[] {
  return files
    .filter(({ path }) => path.startsWith("miniprogram/") && isBound(path) && path !== SOCKET_OWNER)
    .filter(({ text }) => text.includes("connectSocket"))
    .map(({ path }) => `${path}: mentions connectSocket, which is the business of ${SOCKET_OWNER}`);
}

function isAllowed(specifier: string, path: string, { folders, packages }: Border): boolean {
  if (!specifier.startsWith(".")) {
    return packages.some((name) =>
      name.endsWith("/") || name.endsWith(":") ? specifier.startsWith(name) : specifier === name
    );
  }
  const target = new URL(specifier, `file:///${path}`).pathname.slice(1);
  return folders.some((folder) => target.startsWith(folder));
}
