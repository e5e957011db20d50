import { MODULE_GLOBALS, type ModuleFactory, type ProvidedGlobal } from "../program.ts";

/** The `Function` of WeChat's logic layer: it makes no functions of text, but does not throw either. */
function FunctionStub(...parameters: unknown[]): unknown {
  if (parameters.at(-1) === "return this") return () => ({});
  return undefined;
}

/** What the host gives every module. */
export type Globals = Record<Exclude<ProvidedGlobal, "Function">, unknown>;

/** Loads the modules of a mini-program as WeChat does: CommonJS, each once, by path relative to the root. */
export class ModuleLoader {
  readonly #modules = new Map<string, { exports: unknown }>();
  readonly #globals: unknown[];

  constructor(private readonly factories: Record<string, ModuleFactory>, globals: Globals) {
    const provided: Record<string, unknown> = { ...globals, Function: FunctionStub };
    // Names that are not provided stay undefined and so hide the browser's own.
    this.#globals = MODULE_GLOBALS.map((name) => provided[name]);
  }

  /**
   * Returns a module's exports and runs it first where it has not run yet.
   *
   * @throws {Error} where there is no such module.
   */
  load(path: string): unknown {
    const id = this.#find(path);
    const loaded = this.#modules.get(id);
    if (loaded) return loaded.exports;
    const factory = this.factories[id];
    if (!factory) throw new Error(`module "${path}" is not defined`);
    const module = { exports: {} };
    this.#modules.set(id, module);
    factory((specifier) => this.load(resolve(id, specifier)), module, module.exports, ...this.#globals);
    return module.exports;
  }

  #find(path: string): string {
    return path in this.factories || !(`${path}/index` in this.factories) ? path : `${path}/index`;
  }
}

function resolve(from: string, specifier: string): string {
  if (!/^[./]/.test(specifier)) return `miniprogram_npm/${specifier}`;
  const parts = specifier.startsWith("/") ? [] : from.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
