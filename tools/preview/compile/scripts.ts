import { MODULE_GLOBALS } from "../program.ts";
import { lineOf, type Problems } from "./problem.ts";
import { resolvePath, type Source } from "./source.ts";
import { transform } from "./transform.ts";

/**
 * Compiles the modules reachable from `entries` to one JavaScript expression: an object of module path to factory.
 *
 * Each file stays a CommonJS module of its own, wrapped like WeChat's `define()`, with the browser's globals as
 * parameters that the host leaves undefined. Nothing outside the mini-program's root is reachable.
 */
export function compileScripts(source: Source, entries: Iterable<string>, problems: Problems): string {
  const factories = new Map<string, string>();
  const pending = [...entries];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (factories.has(path)) continue;
    const file = moduleFile(source, path);
    if (file === null) continue;
    const { code, faults } = transform(source.read(file), file, file.endsWith(".ts") ? "ts" : "js");
    for (const { text, line } of faults) problems.add(file, line, `${text}.`, "Correct the script.");
    factories.set(path, wrap(code));
    pending.push(...findImports(source, file, path, code, problems));
  }
  const entriesText = [...factories].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, code]) => {
    return `${JSON.stringify(path)}: ${code}`;
  });
  return `{\n${entriesText.join(",\n")}\n}`;
}

function moduleFile(source: Source, path: string): string | null {
  return [`${path}.ts`, `${path}.js`].find((file) => source.has(file)) ?? null;
}

/**
 * Pairs with the host's module loader, which passes the arguments in the same order. The inner block lets a module
 * declare a name of its own that is also a parameter, such as `open`.
 */
function wrap(code: string): string {
  const parameters = ["require", "module", "exports", ...MODULE_GLOBALS].join(",");
  return `function(${parameters}) {"use strict";{\n${code}}}`;
}

function findImports(source: Source, file: string, path: string, code: string, problems: Problems): string[] {
  const found: string[] = [];
  for (const [, specifier = ""] of code.matchAll(/\brequire\("([^"]+)"\)/g)) {
    const line = lineOf(source.read(file), specifier);
    if (/\.(ts|js|json)$/.test(specifier)) {
      problems.add(
        file,
        line,
        `the import "${specifier}" has an ending.`,
        "WeChat resolves paths without one; drop it.",
      );
      continue;
    }
    const target = /^[./]/.test(specifier) ? resolvePath(path, specifier) : `miniprogram_npm/${specifier}`;
    if (target === null) {
      const fix = "WeChat packs miniprogramRoot only; move the file into it.";
      problems.add(file, line, `the import "${specifier}" leaves the mini-program.`, fix);
      continue;
    }
    const module = [target, `${target}/index`].find((candidate) => moduleFile(source, candidate) !== null);
    if (module !== undefined) found.push(module);
    else problems.add(file, line, `the import "${specifier}" names no module (${target}).`, "Correct the path.");
  }
  return found;
}
