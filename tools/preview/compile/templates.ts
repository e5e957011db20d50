import compiler from "glass-easel-template-compiler";
import { BUILTIN_TAGS, STRUCTURAL_TAGS } from "../program.ts";
import type { GraphNode } from "./component_graph.ts";
import { lineAt, lineOf, type Problems } from "./problem.ts";
import { resolvePath, type Source } from "./source.ts";
import { scanTags } from "./wxml_tags.ts";

interface CompilerWarning {
  message: string;
  level: string;
  /** Counted from 0. */
  startLine: number;
}

/** The two globals WXS has beyond the language. */
const WXS_GLOBALS = "var getRegExp=function(p,f){return new RegExp(p,f)};" +
  "var getDate=function(){return new (Function.prototype.bind.apply(Date,[null].concat([].slice.call(arguments))))()};";

const FREE_TAGS: ReadonlySet<string> = new Set<string>([...BUILTIN_TAGS, ...STRUCTURAL_TAGS]);

/**
 * Compiles the templates of every node, with all they include, import and run, by WeChat's own template compiler.
 *
 * @returns a JavaScript expression for an object of template path to render functions.
 */
export function compileTemplates(source: Source, nodes: Iterable<GraphNode>, problems: Problems): string {
  const group = new compiler.TmplGroup();
  group.setExtraRuntimeScript(WXS_GLOBALS);
  const templates = new TemplateReader(source, group, problems);
  for (const node of nodes) {
    for (const path of templates.addWithDependencies(node.path)) checkTags(source, path, node, problems);
  }
  return group.getTmplGenObjectGroups();
}

class TemplateReader {
  /** Template path to the templates it includes or imports. */
  readonly #dependencies = new Map<string, string[]>();
  readonly #scripts = new Set<string>();

  constructor(
    private readonly source: Source,
    private readonly group: InstanceType<typeof compiler.TmplGroup>,
    private readonly problems: Problems,
  ) {}

  /** Adds a template and all it needs; returns the paths of the templates a page of this template consists of. */
  addWithDependencies(path: string): Set<string> {
    const seen = new Set<string>();
    const visit = (at: string) => {
      if (seen.has(at)) return;
      seen.add(at);
      for (const dependency of this.#add(at)) visit(dependency);
    };
    visit(path);
    return seen;
  }

  #add(path: string): string[] {
    const known = this.#dependencies.get(path);
    if (known) return known;
    const text = this.source.read(`${path}.wxml`);
    const warnings = (this.group.addTmpl(path, text) ?? []) as CompilerWarning[];
    for (const { message, level, startLine } of warnings) {
      if (level !== "Note") this.problems.add(`${path}.wxml`, startLine + 1, `${message}.`, "Correct the template.");
    }
    const present = (this.group.getDirectDependencies(path) as string[]).filter((to) => {
      return this.#exists(path, text, `${to}.wxml`);
    });
    this.#dependencies.set(path, present);
    for (const script of this.group.getScriptDependencies(path) as string[]) this.#addScript(`${path}.wxml`, script);
    return present;
  }

  #addScript(from: string, path: string): void {
    const name = path.replace(/\.wxs$/, "");
    if (this.#scripts.has(name)) return;
    this.#scripts.add(name);
    if (!this.#exists(from.replace(/\.\w+$/, ""), this.source.read(from), `${name}.wxs`)) return;
    const text = this.source.read(`${name}.wxs`);
    this.group.addScript(path, text);
    for (const match of text.matchAll(/\brequire\(\s*['"]([^'"]+)['"]\s*\)/g)) {
      const target = resolvePath(name, match[1] ?? "");
      if (target !== null) this.#addScript(`${name}.wxs`, target);
      else this.#reportEscape(`${name}.wxs`, lineAt(text, match.index), match[1] ?? "");
    }
  }

  #reportEscape(file: string, line: number, path: string): void {
    this.problems.add(file, line, `${path} lies outside the mini-program.`, "Move it into miniprogramRoot.");
  }

  #exists(from: string, text: string, path: string): boolean {
    if (this.source.has(path)) return true;
    const file = this.source.has(`${from}.wxml`) ? `${from}.wxml` : `${from}.wxs`;
    const line = lineOf(text, path.split("/").at(-1) ?? path);
    this.problems.add(file, line, `${path} does not exist.`, "Correct the src or the require.");
    return false;
  }
}

function checkTags(source: Source, path: string, node: GraphNode, problems: Problems): void {
  const generics = node.config.componentGenerics ?? {};
  for (const { name, line } of scanTags(source.read(`${path}.wxml`))) {
    if (FREE_TAGS.has(name) || name in node.using || name in generics) continue;
    const fix =
      `Declare it in usingComponents of ${node.path}.json; built-in components of the preview are listed in ` +
      "tools/preview/program.ts.";
    problems.add(`${path}.wxml`, line, `<${name}> is not declared.`, fix);
  }
}
