import postcss, { type AtRule, type ChildNode, type Root, type Rule } from "postcss";
import selectorParser from "postcss-selector-parser";
import { elementName } from "../program.ts";
import { rewriteLengths } from "./lengths.ts";
import { type Problems } from "./problem.ts";
import { resolvePath, type Source } from "./source.ts";

/** How the class names and selectors of one WXSS file are treated. */
export interface StyleScope {
  /** Prefix of class names; absent where the styles are shared with the page. */
  prefix?: string;
  /** Whether the rules belong to a component, where WeChat allows class selectors and `:host` only. */
  isComponent: boolean;
}

/** Compiles `path.wxss`, which may be absent, to CSS for the preview's page. */
export function compileStyles(source: Source, path: string, scope: StyleScope, problems: Problems): string {
  const file = `${path}.wxss`;
  if (!source.has(file)) return "";
  const root = inlineImports(source, file, problems, []);
  const selectors = selectorRewriter(scope, problems);
  root.walkDecls((declaration) => {
    declaration.value = rewriteLengths(declaration.value);
  });
  root.walkRules((rule) => {
    if (rule.parent?.type === "atrule" && /keyframes$/.test((rule.parent as AtRule).name)) return;
    rule.selector = selectors(rule);
  });
  root.walkAtRules("media", applyThemeQuery);
  return root.toString();
}

/** The name given to PostCSS is absolute, so that it never asks for the working directory. */
function parse(source: Source, file: string, problems: Problems): Root {
  try {
    return postcss.parse(source.read(file), { from: `/${file}` });
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "CssSyntaxError") throw error;
    const { reason, line } = error as Error & { reason: string; line?: number };
    problems.add(file, line, `${reason}.`, "Correct the style sheet.");
    return postcss.root();
  }
}

/** Replaces `@import "x.wxss"` by what it names. A file imported twice counts once, as does a cycle. */
function inlineImports(source: Source, file: string, problems: Problems, seen: string[]): Root {
  seen.push(file);
  const root = parse(source, file, problems);
  root.walkAtRules("import", (rule) => {
    const written = /^\s*(?:url\(\s*)?["']?([^"')]+)["']?/.exec(rule.params)?.[1] ?? "";
    const target = resolvePath(file, written);
    const line = rule.source?.start?.line;
    if (target === null) {
      problems.add(file, line, `${written} lies outside the mini-program.`, "Move it into miniprogramRoot.");
    } else if (!source.has(target)) {
      problems.add(file, line, `${written} does not exist.`, "Correct the path of the @import.");
    } else if (!seen.includes(target)) {
      rule.replaceWith(inlineImports(source, target, problems, seen).nodes as ChildNode[]);
      return;
    }
    rule.remove();
  });
  return root;
}

/** Rewrites selectors: tags to the preview's element names, `page` to the page's body, class names to their scope. */
function selectorRewriter(scope: StyleScope, problems: Problems): (rule: Rule) => string {
  return (rule) => {
    const refuse = (what: string) => {
      const line = rule.source?.start?.line;
      const file = (rule.source?.input.from ?? "").slice(1);
      const message = `the selector "${rule.selector}" has ${what}, which reaches beyond the component.`;
      problems.add(file, line, message, "Use a class, or :host for the component itself.");
    };
    const processor = selectorParser((selectors) => {
      selectors.walk((node) => {
        if (node.type === "tag") {
          if (scope.isComponent) refuse("a tag");
          if (node.value === "page") node.replaceWith(selectorParser.className({ value: "wx-page-body" }));
          else if (node.value !== "from" && node.value !== "to") node.value = elementName(node.value);
        } else if (node.type === "id" && scope.isComponent) refuse("an id");
        else if (node.type === "pseudo" && node.value === ":host") node.replaceWith(hostSelector(scope));
        else if (node.type === "class" && scope.prefix && node.value !== "wx-page-body") {
          node.value = `${scope.prefix}--${node.value}`;
        }
      });
    });
    return processor.processSync(rule.selector);
  };
}

function hostSelector(scope: StyleScope): selectorParser.Attribute {
  const value = scope.prefix ?? "";
  return selectorParser.attribute({ attribute: "wx-host", operator: "=", value, raws: { value: `"${value}"` } });
}

const THEME_QUERY = /\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/;

/**
 * Turns `@media (prefers-color-scheme: dark)` into rules below the phone's theme attribute, so that the preview's
 * own theme switch works as well as the system's. `:where` keeps the specificity as written.
 */
function applyThemeQuery(media: AtRule): void {
  const theme = THEME_QUERY.exec(media.params)?.[1];
  if (theme === undefined || media.params.includes(",")) return;
  media.walkRules((rule) => {
    rule.selectors = rule.selectors.map((selector) => `:where([data-theme="${theme}"]) ${selector}`);
  });
  const rest = media.params.replace(THEME_QUERY, "").replace(/^\s*and\b|\band\s*$/g, "").replace(/\band\s+and\b/, "and")
    .trim();
  if (rest === "" || rest === "screen") media.replaceWith(media.nodes ?? []);
  else media.params = rest;
}
