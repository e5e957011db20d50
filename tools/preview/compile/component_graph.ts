import type { AppConfig, ComponentConfig } from "../program.ts";
import { listPages, readComponentConfig } from "./app_config.ts";
import { lineOf, type Problems } from "./problem.ts";
import { resolvePath, type Source } from "./source.ts";

/** A page or component and what its template may name. */
export interface GraphNode {
  path: string;
  isPage: boolean;
  config: ComponentConfig;
  /** Tag to the absolute path of the component, with a leading slash as the adapter expects. */
  using: Record<string, string>;
}

/** Walks from the pages over usingComponents. Missing pages and components are reported and left out. */
export function buildComponentGraph(source: Source, app: AppConfig, problems: Problems): Map<string, GraphNode> {
  const nodes = new Map<string, GraphNode>();
  const visit = (path: string, isPage: boolean) => {
    if (nodes.has(path)) return;
    const config = readComponentConfig(source, path, problems);
    const node: GraphNode = { path, isPage, config, using: {} };
    nodes.set(path, node);
    const declared: [string, string, string][] = [
      ...Object.entries(app.usingComponents ?? {}).map(([tag, at]) =>
        ["app.json", tag, at] as [string, string, string]
      ),
      ...Object.entries(config.usingComponents ?? {}).map(
        ([tag, at]) => [`${path}.json`, tag, at] as [string, string, string],
      ),
    ];
    for (const [file, tag, at] of declared) {
      const target = findComponent(source, file, tag, at, problems);
      if (target === null) continue;
      node.using[tag] = `/${target}`;
      visit(target, false);
    }
  };
  for (const page of listPages(app)) {
    if (checkPage(source, page, problems)) visit(page, true);
  }
  return nodes;
}

function checkPage(source: Source, page: string, problems: Problems): boolean {
  const hasScript = source.has(`${page}.ts`) || source.has(`${page}.js`);
  if (source.has(`${page}.wxml`) && hasScript) return true;
  const missing = source.has(`${page}.wxml`) ? `${page}.ts` : `${page}.wxml`;
  const line = source.has("app.json") ? lineOf(source.read("app.json"), `"${page}"`) : undefined;
  problems.add(
    "app.json",
    line,
    `the page "${page}" has no ${missing}.`,
    "Add the file or take the page off the list.",
  );
  return false;
}

function findComponent(source: Source, file: string, tag: string, at: string, problems: Problems): string | null {
  const line = lineOf(source.read(file), `"${tag}"`);
  if (/^(plugin|plugin-private|weui|dynamicLib):\/\//.test(at)) {
    problems.add(file, line, `<${tag}> comes from a plugin (${at}).`, "The preview offers none; use a component.");
    return null;
  }
  const target = resolvePath(file, at);
  if (target === null) {
    problems.add(file, line, `<${tag}> points outside the mini-program (${at}).`, "Move it into miniprogramRoot.");
    return null;
  }
  for (const candidate of [target, `${target}/index`, `miniprogram_npm/${at}`, `miniprogram_npm/${at}/index`]) {
    if (source.has(`${candidate}.wxml`) && source.has(`${candidate}.json`)) return candidate;
  }
  problems.add(file, line, `<${tag}> points to ${at}, which has no .wxml and .json.`, "Correct the path.");
  return null;
}
