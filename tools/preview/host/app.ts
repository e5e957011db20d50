import type { LaunchOptions } from "./launch.ts";
import { callMethod } from "./router/page.ts";

/** The mini-program's App: registered once by app.ts, then told of the lifecycle. */
export class AppHolder {
  #instance: Record<string, unknown> | null = null;

  readonly App = (definition: Record<string, unknown>): void => {
    if (this.#instance) throw new Error("App() is called twice.");
    this.#instance = definition;
  };

  readonly getApp = (): Record<string, unknown> => {
    if (!this.#instance) throw new Error("getApp() is called before App().");
    return this.#instance;
  };

  launch(options: LaunchOptions): void {
    if (!this.#instance) throw new Error("app.ts does not call App().");
    callMethod(this.#instance, "onLaunch", options);
    callMethod(this.#instance, "onShow", options);
  }

  show(options: LaunchOptions): void {
    callMethod(this.#instance, "onShow", options);
  }

  hide(): void {
    callMethod(this.#instance, "onHide");
  }

  themeChanged(theme: string): void {
    callMethod(this.#instance, "onThemeChange", { theme });
  }

  failed(message: string): void {
    callMethod(this.#instance, "onError", message);
  }
}
