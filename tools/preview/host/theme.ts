/// <reference lib="dom" />
import type { AppConfig, ThemeValues } from "../program.ts";
import { phone } from "./phone.ts";

export type Theme = "light" | "dark";
/** What the visitor chose; `system` follows the browser. */
export type ThemeChoice = Theme | "system";

const CHOICE_KEY = "tickwire-preview:theme";

/** The theme of the phone: the visitor's choice, else the system's. */
export class PhoneTheme {
  readonly #system = globalThis.matchMedia("(prefers-color-scheme: dark)");
  readonly #listeners = new Set<(theme: Theme) => void>();
  #choice: ThemeChoice;
  #current: Theme;

  constructor(private readonly app: AppConfig, private readonly values: { light: ThemeValues; dark: ThemeValues }) {
    const stored = globalThis.localStorage.getItem(CHOICE_KEY);
    this.#choice = stored === "light" || stored === "dark" ? stored : "system";
    this.#current = this.#effective();
    this.#show();
    this.#system.addEventListener("change", () => this.#apply());
  }

  get current(): Theme {
    return this.#current;
  }

  get choice(): ThemeChoice {
    return this.#choice;
  }

  /** What `wx` tells the mini-program: always light unless app.json says `"darkmode": true`. */
  get reported(): Theme {
    return this.app.darkmode ? this.#current : "light";
  }

  set(choice: ThemeChoice): void {
    this.#choice = choice;
    globalThis.localStorage.setItem(CHOICE_KEY, choice);
    this.#apply();
  }

  onChange(listener: (theme: Theme) => void): void {
    this.#listeners.add(listener);
  }

  offChange(listener?: (theme: Theme) => void): void {
    if (listener) this.#listeners.delete(listener);
    else this.#listeners.clear();
  }

  /** The value of a colour or text style of app.json, where `@name` stands for an entry of theme.json. */
  resolve(value: string | undefined): string | undefined {
    if (!value?.startsWith("@")) return value;
    return this.values[this.reported][value.slice(1)] ?? this.values.light[value.slice(1)];
  }

  #effective(): Theme {
    if (this.#choice !== "system") return this.#choice;
    return this.#system.matches ? "dark" : "light";
  }

  #apply(): void {
    const theme = this.#effective();
    if (theme === this.#current) return;
    this.#current = theme;
    this.#show();
    if (this.app.darkmode) { for (const listener of this.#listeners) listener(theme); }
  }

  #show(): void {
    phone.dataset.theme = this.reported;
    document.documentElement.dataset.theme = this.#current;
  }
}
