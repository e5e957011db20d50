/// <reference lib="dom" />
// The controls beside the phone: theme, network and background.

import type { Lifecycle } from "./lifecycle.ts";
import type { PhoneNetwork } from "./network.ts";
import { byId } from "./phone.ts";
import type { PhoneTheme, ThemeChoice } from "./theme.ts";

interface Controlled {
  network: PhoneNetwork;
  lifecycle: Lifecycle;
  theme: PhoneTheme;
}

/** Makes the controls work and keeps them in step with what they control. */
export function installControls({ network, lifecycle, theme }: Controlled): void {
  connectTheme(theme);
  connectNetwork(network);
  connectLifecycle(lifecycle);
  showClock();
}

function connectTheme(theme: PhoneTheme): void {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>("[data-theme-choice]")];
  const show = () => {
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme.choice));
    }
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      theme.set(button.dataset.themeChoice as ThemeChoice);
      show();
    });
  }
  show();
}

function connectNetwork(network: PhoneNetwork): void {
  const offline = byId("control-offline");
  const weak = byId("control-weak");
  const show = () => {
    offline.setAttribute("aria-pressed", String(!network.isConnected));
    weak.setAttribute("aria-pressed", String(network.isWeak));
    document.documentElement.toggleAttribute("data-offline", !network.isConnected);
  };
  offline.addEventListener("click", () => network.isConnected ? network.goOffline() : network.goOnline());
  weak.addEventListener("click", () => network.setWeak(!network.isWeak));
  network.statusListeners.add(show);
  network.weakListeners.add(show);
  show();
}

function connectLifecycle(lifecycle: Lifecycle): void {
  const button = byId("control-background");
  const cover = byId("background-cover");
  const show = () => {
    button.setAttribute("aria-pressed", String(lifecycle.isInBackground));
    cover.hidden = !lifecycle.isInBackground;
    cover.toggleAttribute("data-frozen", lifecycle.isFrozen);
  };
  button.addEventListener("click", () => lifecycle.isInBackground ? lifecycle.foreground() : lifecycle.background());
  cover.addEventListener("click", () => lifecycle.foreground());
  for (const listeners of [lifecycle.hideListeners, lifecycle.showListeners, lifecycle.freezeListeners]) {
    listeners.add(show);
  }
}

function showClock(): void {
  const clock = byId("status-time");
  const show = () => {
    const now = new Date();
    clock.textContent = `${now.getHours()}:${String(now.getMinutes()).padStart(2, "0")}`;
  };
  show();
  globalThis.setInterval(show, 1_000);
}
