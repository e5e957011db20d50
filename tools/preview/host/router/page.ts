/// <reference lib="dom" />
import type { ComponentConfig } from "../../program.ts";
import type { adapter } from "../adapter.ts";
import type { PageUrl, Query } from "./url.ts";

export type Root = ReturnType<
  ReturnType<InstanceType<typeof adapter.MiniProgramEnv>["associateBackend"]>["createRoot"]
>;

/** A page's instance as mini-program code sees it. */
export interface PageInstance {
  route: string;
  options: Query;
  data: Record<string, unknown>;
  [method: string]: unknown;
}

/** A page that is open, shown or not. */
export interface OpenPage extends PageUrl {
  root: Root;
  instance: PageInstance;
  config: ComponentConfig;
  /** The page's area; fixed elements are placed in it. */
  frame: HTMLElement;
  /** What scrolls inside the area. */
  scroller: HTMLElement;
  sheets: CSSStyleSheet[];
  /** Set by wx.setNavigationBarTitle and wx.setNavigationBarColor. */
  bar: { title?: string; frontColor?: string; backgroundColor?: string; isLoading?: boolean };
}

/**
 * Calls a lifecycle method of a page or of the app, if it has one. An error in it is reported as uncaught, and the
 * rest goes on, as in WeChat.
 */
export function callMethod(owner: unknown, name: string, ...values: unknown[]): unknown {
  const method = (owner as Record<string, unknown> | undefined)?.[name];
  if (typeof method !== "function") return undefined;
  try {
    return method.apply(owner, values);
  } catch (error) {
    reportError(error);
    return undefined;
  }
}

/** Tells a page, and the components in it, that it is shown or hidden. */
export function callShowOrHide(page: OpenPage, which: "show" | "hide"): void {
  callMethod(page.instance, which === "show" ? "onShow" : "onHide");
  page.root.getComponent().triggerPageLifetime(which, []);
}
