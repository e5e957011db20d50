/// <reference lib="dom" />
import type { AppConfig, TabConfig } from "../../program.ts";
import { byId, phone } from "../phone.ts";
import type { PhoneTheme } from "../theme.ts";
import type { OpenPage } from "./page.ts";

/** What the bars can ask the router for. */
export interface BarActions {
  back(): void;
  home(): void;
  selectTab(tab: TabConfig, index: number): void;
  menu(): void;
}

/** The navigation bar and the tab bar of the phone. */
export class Bars {
  readonly #tabs: TabConfig[];
  readonly #tabButtons: HTMLElement[] = [];
  #isTabBarHidden = false;

  constructor(private readonly app: AppConfig, private readonly theme: PhoneTheme, actions: BarActions) {
    this.#tabs = app.tabBar?.list ?? [];
    byId("nav-back").addEventListener("click", () => actions.back());
    byId("nav-home").addEventListener("click", () => actions.home());
    byId("capsule-menu").addEventListener("click", () => actions.menu());
    byId("capsule-close").addEventListener("click", () => actions.home());
    this.#tabs.forEach((tab, i) => this.#addTab(tab, i, actions));
  }

  isTab(route: string): boolean {
    return this.#tabs.some((tab) => tab.pagePath === route);
  }

  hideTabBar(hidden: boolean): void {
    this.#isTabBarHidden = hidden;
  }

  /** Gives a tab another text or icon. It takes effect when the bars are next drawn. */
  changeTab(index: number, change: Partial<Omit<TabConfig, "pagePath">>): void {
    const tab = this.#tabs[index];
    if (!tab) throw new Error(`there is no tab ${index}`);
    Object.assign(tab, change);
  }

  /** Shows a mark on a tab: a text, `""` for a dot, null for none. */
  setBadge(index: number, badge: string | null): void {
    const button = this.#tabButtons[index];
    if (!button) throw new Error(`there is no tab ${index}`);
    if (badge === null) delete button.dataset.badge;
    else button.dataset.badge = badge;
  }

  /** Draws both bars for a page. `depth` is its place in the stack, counted from 1. */
  show(page: OpenPage, depth: number): void {
    const config = { ...this.app.window, ...page.config };
    const textStyle = this.theme.resolve(config.navigationBarTextStyle) ?? "white";
    const bar = byId("nav-bar");
    byId("nav-title").textContent = page.bar.title ?? config.navigationBarTitleText ?? "";
    const background = page.bar.backgroundColor ?? this.theme.resolve(config.navigationBarBackgroundColor) ?? "#000000";
    phone.style.setProperty("--nav-background", background);
    phone.style.setProperty("--nav-color", page.bar.frontColor ?? (textStyle === "black" ? "#000000" : "#ffffff"));
    phone.style.setProperty("--page-background", this.theme.resolve(config.backgroundColor) ?? "");
    phone.toggleAttribute("data-custom-nav", config.navigationStyle === "custom");
    phone.toggleAttribute("data-landscape", config.pageOrientation === "landscape");
    bar.toggleAttribute("data-loading", page.bar.isLoading === true);
    const isTab = this.isTab(page.route);
    const entry = this.app.entryPagePath ?? this.app.pages[0];
    byId("nav-back").hidden = depth < 2;
    byId("nav-home").hidden = depth > 1 || isTab || page.route === entry;
    byId("tab-bar").hidden = !isTab || this.#isTabBarHidden;
    this.#showTabs(page.route);
  }

  #showTabs(route: string): void {
    const { color, selectedColor, backgroundColor, borderStyle } = this.app.tabBar ?? {};
    const bar = byId("tab-bar");
    bar.style.backgroundColor = this.theme.resolve(backgroundColor) ?? "#ffffff";
    bar.dataset.border = this.theme.resolve(borderStyle) ?? "black";
    this.#tabButtons.forEach((button, i) => {
      const isSelected = this.#tabs[i]?.pagePath === route;
      button.setAttribute("aria-selected", String(isSelected));
      button.style.color = this.theme.resolve(isSelected ? selectedColor : color) ??
        (isSelected ? "#07c160" : "#999999");
      const label = button.querySelector("span");
      if (label) label.textContent = this.#tabs[i]?.text ?? "";
      const icon = button.querySelector("img");
      const source = this.theme.resolve(isSelected ? this.#tabs[i]?.selectedIconPath : this.#tabs[i]?.iconPath);
      if (icon && source) icon.src = `assets/${source.replace(/^\//, "")}`;
    });
  }

  #addTab(tab: TabConfig, index: number, actions: BarActions): void {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("role", "tab");
    if (tab.iconPath) {
      const icon = document.createElement("img");
      icon.alt = "";
      button.append(icon);
    }
    button.append(document.createElement("span"));
    button.addEventListener("click", () => actions.selectTab(tab, index));
    this.#tabButtons.push(button);
    byId("tab-bar").append(button);
  }
}
