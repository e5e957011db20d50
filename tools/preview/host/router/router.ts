/// <reference lib="dom" />
import type { ProgramData, TabConfig } from "../../program.ts";
import type { PreviewBackend } from "../backend.ts";
import { byId } from "../phone.ts";
import type { ComponentRegistry } from "../space.ts";
import type { PhoneTheme } from "../theme.ts";
import { Bars } from "./bars.ts";
import { callMethod, callShowOrHide, type OpenPage, type PageInstance } from "./page.ts";
import { watchPageScroll } from "./page_scroll.ts";
import { PullDown } from "./pull_down.ts";
import { parsePageUrl, type Query } from "./url.ts";

/** WeChat opens at most this many pages on top of one another. */
const STACK_MAX = 10;

/** What the router needs of the rest of the host. */
export interface RouterParts {
  data: ProgramData;
  registry: ComponentRegistry;
  dom: PreviewBackend;
  theme: PhoneTheme;
  /** Opens the menu of the capsule at the right of the navigation bar. */
  openMenu: () => void;
}

/** The pages: a stack, and the tab pages that stay alive while another tab is shown. */
export class Router {
  readonly bars: Bars;
  readonly #stack: OpenPage[] = [];
  readonly #tabPages = new Map<string, OpenPage>();
  readonly #pullDowns = new WeakMap<OpenPage, PullDown>();

  constructor(private readonly parts: RouterParts) {
    this.bars = new Bars(parts.data.app, parts.theme, {
      back: () => this.navigateBack(1),
      home: () => this.reLaunch(`/${parts.data.app.entryPagePath ?? parts.data.pages[0]}`),
      selectTab: (tab, index) => this.#selectTab(tab, index),
      menu: parts.openMenu,
    });
    parts.theme.onChange(() => this.refreshBars());
  }

  /** The page on top. */
  get top(): OpenPage {
    const page = this.#stack.at(-1);
    if (!page) throw new Error("No page is open.");
    return page;
  }

  /** The instances of the pages of the stack, as getCurrentPages returns them. */
  get instances(): PageInstance[] {
    return this.#stack.map((page) => page.instance);
  }

  /** Draws the bars anew, after a page changed its title or colours. */
  refreshBars(): void {
    if (this.#stack.length > 0) this.bars.show(this.top, this.#stack.length);
  }

  /** Opens the first page. */
  launch(path: string, query: Query): void {
    const page = this.#open(path, query);
    if (this.bars.isTab(path)) this.#tabPages.set(path, page);
  }

  navigateTo(url: string): OpenPage {
    const { route, query } = this.#parse(url);
    if (this.#stack.length >= STACK_MAX) throw new Error("webview count limit exceed");
    if (this.bars.isTab(route)) throw new Error("can not navigateTo a tabbar page");
    const below = this.top;
    this.#hide(below);
    return this.#open(route, query);
  }

  redirectTo(url: string): OpenPage {
    const { route, query } = this.#parse(url);
    if (this.bars.isTab(route)) throw new Error("can not redirectTo a tabbar page");
    const old = this.#stack.pop();
    if (old) this.#close(old);
    return this.#open(route, query);
  }

  navigateBack(delta = 1): void {
    if (this.#stack.length < 2) throw new Error("cannot navigate back at first page");
    for (let left = delta; left > 0 && this.#stack.length > 1; left--) this.#close(this.#stack.pop() as OpenPage);
    this.#show(this.top);
  }

  switchTab(url: string): void {
    const { route } = this.#parse(url);
    if (!this.bars.isTab(route)) throw new Error("can not switch to no-tabBar page");
    if (this.top.route === route) return;
    for (let page = this.#stack.pop(); page; page = this.#stack.pop()) {
      if (this.bars.isTab(page.route)) this.#hide(page);
      else this.#close(page);
    }
    const kept = this.#tabPages.get(route);
    if (!kept) {
      this.#tabPages.set(route, this.#open(route, {}));
      return;
    }
    this.#stack.push(kept);
    this.#show(kept);
  }

  reLaunch(url: string): void {
    const { route, query } = this.#parse(url);
    const all = new Set([...this.#stack.splice(0), ...this.#tabPages.values()]);
    this.#tabPages.clear();
    for (const page of all) this.#close(page);
    this.launch(route, query);
  }

  startPullDown(): void {
    this.#pullDowns.get(this.top)?.start();
  }

  stopPullDown(): void {
    this.#pullDowns.get(this.top)?.stop();
  }

  #parse(url: string): { route: string; query: Query } {
    const parsed = parsePageUrl(url, this.#stack.at(-1)?.route);
    if (!this.parts.data.pages.includes(parsed.route)) throw new Error(`page "${parsed.route}" is not found`);
    return parsed;
  }

  #selectTab(tab: TabConfig, index: number): void {
    callMethod(this.top.instance, "onTabItemTap", { index, pagePath: tab.pagePath, text: tab.text });
    this.switchTab(`/${tab.pagePath}`);
  }

  #open(route: string, query: Query): OpenPage {
    const page = this.#create(route, query);
    this.#stack.push(page);
    this.#display(page);
    page.root.attach(...this.#placeholder(page));
    watchPageScroll(page);
    const { app } = this.parts.data;
    const isPullable = page.config.enablePullDownRefresh ?? app.window?.enablePullDownRefresh ?? false;
    this.#pullDowns.set(page, new PullDown(page, isPullable));
    callMethod(page.instance, "onLoad", query);
    callShowOrHide(page, "show");
    // The title may have been set meanwhile, and the page may have gone on to another.
    if (this.#stack.at(-1) === page) this.refreshBars();
    requestAnimationFrame(() => {
      if (page.frame.isConnected) callMethod(page.instance, "onReady");
    });
    return page;
  }

  #create(route: string, query: Query): OpenPage {
    const { registry, dom, data } = this.parts;
    const frame = document.createElement("section");
    frame.className = "page-frame";
    frame.dataset.route = route;
    const scroller = document.createElement("div");
    scroller.className = "page-scroller";
    frame.append(scroller);
    byId("pages").append(frame);
    const tag = `page-${route.replace(/\W+/g, "-")}`;
    const { result: root, sheets } = dom.collectSheets(() => registry.backend.createRoot(tag, registry.space, route));
    const instance = root.get() as unknown as PageInstance;
    Object.assign(instance, { route, options: query });
    setQueryProperties(root, query);
    const config = data.components[route]?.config ?? {};
    return { route, query, root, instance, config, frame, scroller, sheets, bar: {} };
  }

  #placeholder(page: OpenPage): Parameters<OpenPage["root"]["attach"]> {
    const body = document.createElement("div");
    body.className = "wx-page-body";
    const placeholder = document.createElement("span");
    body.append(placeholder);
    page.scroller.append(body);
    return [body, placeholder] as unknown as Parameters<OpenPage["root"]["attach"]>;
  }

  #display(page: OpenPage): void {
    for (const other of byId("pages").children) (other as HTMLElement).hidden = other !== page.frame;
    document.adoptedStyleSheets = page.sheets;
    this.refreshBars();
  }

  #show(page: OpenPage): void {
    this.#display(page);
    callShowOrHide(page, "show");
  }

  #hide(page: OpenPage): void {
    callShowOrHide(page, "hide");
  }

  #close(page: OpenPage): void {
    callMethod(page.instance, "onUnload");
    page.root.release();
    page.frame.remove();
  }
}

/** A page made by Component() receives its parameters as properties too, where it declares them. */
function setQueryProperties(root: OpenPage["root"], query: Query): void {
  const component = root.getComponent();
  const { behavior } = component.getComponentDefinition();
  const declared = Object.keys(query).filter((name) => behavior.getPropertyType(name) !== undefined);
  if (declared.length > 0) component.setData(Object.fromEntries(declared.map((name) => [name, query[name]])));
}
