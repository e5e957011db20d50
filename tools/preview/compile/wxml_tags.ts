import { lineAt } from "./problem.ts";

/** An opening tag of a template. */
export interface WxmlTag {
  name: string;
  /** Counted from 1. */
  line: number;
  attributes: Record<string, string>;
}

const ATTRIBUTE = /\s*([^\s=>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/y;
const TAG_NAME = /<([a-zA-Z][\w.-]*)/y;

/**
 * Lists the opening tags of a WXML text. The template compiler reports syntax errors but not which tags occur, and
 * an undeclared tag is one of the faults WeChat's own compiler misses. Comments, expressions and the body of `<wxs>`
 * hold no tags.
 */
export function scanTags(text: string): WxmlTag[] {
  const tags: WxmlTag[] = [];
  let at = 0;
  while (at < text.length) {
    if (text.startsWith("<!--", at)) at = after(text, "-->", at + 4);
    else if (text.startsWith("{{", at)) at = after(text, "}}", at + 2);
    else if (text[at] === "<") at = readTag(text, at, tags);
    else at++;
  }
  return tags;
}

function readTag(text: string, start: number, tags: WxmlTag[]): number {
  TAG_NAME.lastIndex = start;
  const name = TAG_NAME.exec(text)?.[1];
  if (name === undefined) return start + 1;
  const tag: WxmlTag = { name, line: lineAt(text, start), attributes: {} };
  tags.push(tag);
  let at = TAG_NAME.lastIndex;
  for (;;) {
    ATTRIBUTE.lastIndex = at;
    const match = ATTRIBUTE.exec(text);
    if (!match) break;
    tag.attributes[match[1] ?? ""] = match[2] ?? match[3] ?? "";
    at = ATTRIBUTE.lastIndex;
  }
  const end = after(text, ">", at);
  const isSelfClosing = text[end - 2] === "/";
  return name === "wxs" && !isSelfClosing ? after(text, "</wxs>", end) : end;
}

function after(text: string, needle: string, from: number): number {
  const at = text.indexOf(needle, from);
  return at === -1 ? text.length : at + needle.length;
}
