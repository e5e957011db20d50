import type { ComponentConfig, ProgramData } from "../program.ts";
import { listPages, readAppConfig, readTheme } from "./app_config.ts";
import { buildComponentGraph, type GraphNode } from "./component_graph.ts";
import { type Problem, Problems } from "./problem.ts";
import { compileScripts } from "./scripts.ts";
import type { Source } from "./source.ts";
import { compileStyles } from "./styles.ts";
import { compileTemplates } from "./templates.ts";

export { formatProblem, type Problem } from "./problem.ts";
export { diskSource, memorySource, type Source } from "./source.ts";

/** The outcome of a compilation. The script is of use only where there are no problems. */
export interface Compilation {
  /** The text of `app.js`. */
  script: string;
  problems: readonly Problem[];
  pageCount: number;
  componentCount: number;
}

/** Options of {@link compileProgram}. */
export interface CompileOptions {
  /** Makes the page reload when a newer build appears. @default "" (no reloading) */
  devBuildId?: string;
}

/** Compiles a mini-program to the script that the preview's host runs. All problems are collected, none thrown. */
export function compileProgram(source: Source, options: CompileOptions = {}): Compilation {
  const problems = new Problems();
  const app = readAppConfig(source, problems);
  const theme = readTheme(source, app, problems);
  const graph = buildComponentGraph(source, app, problems);
  const data: ProgramData = {
    app,
    pages: listPages(app).filter((page) => graph.has(page)),
    components: {},
    styles: { app: compileStyles(source, "app", { isComponent: false }, problems) },
    theme,
    devBuildId: options.devBuildId ?? "",
  };
  for (const node of graph.values()) {
    const styleScope = styleScopeOf(node);
    // A page made by Component() shares its styles too, which the component framework must be told.
    const styleIsolation = node.config.styleIsolation ?? (node.isPage ? "shared" : undefined);
    const config: ComponentConfig = {
      ...node.config,
      usingComponents: node.using,
      ...(styleIsolation && { styleIsolation }),
    };
    data.components[node.path] = { isPage: node.isPage, config, ...(styleScope && { styleScope }) };
    const scope = { isComponent: !node.isPage, ...(styleScope && { prefix: styleScope }) };
    data.styles[node.path] = compileStyles(source, node.path, scope, problems);
  }
  const templates = compileTemplates(source, graph.values(), problems);
  const modules = compileScripts(source, ["app", ...graph.keys()], problems);
  const script = `__tickwire_preview.boot({\ndata: ${JSON.stringify(data)},\ntemplates: ${templates},\n` +
    `modules: ${modules}\n});\n`;
  const componentCount = graph.size - data.pages.length;
  return { script, problems: problems.list, pageCount: data.pages.length, componentCount };
}

/** The prefix of a component's class names; pages and shared components have none. */
function styleScopeOf(node: GraphNode): string | undefined {
  const isolation = node.config.styleIsolation ?? (node.isPage ? "shared" : "isolated");
  if (isolation === "shared" || isolation === "page-shared") return undefined;
  return node.path.replace(/\/index$/, "").replace(/^components\//, "").replace(/[^\w-]+/g, "-");
}
