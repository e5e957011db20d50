/// <reference lib="dom" />
import { showToast } from "../overlays/toast.ts";
import { outcome } from "./outcome.ts";

/** Clipboard, vibration and screen. The clipboard is the preview's own where the browser withholds its. */
let clipboard = "";

function vibrate(ms: number): void {
  navigator.vibrate?.(ms);
}

export const deviceApi = {
  setClipboardData: outcome("setClipboardData", async ({ data }: { data: string }) => {
    clipboard = data;
    await navigator.clipboard?.writeText(data).catch(() => undefined);
    showToast({ title: "内容已复制", icon: "success", durationMs: 1500, mask: false });
  }),
  getClipboardData: outcome("getClipboardData", () => ({ data: clipboard })),
  vibrateShort: outcome("vibrateShort", (_: { type?: string }) => vibrate(15)),
  vibrateLong: outcome("vibrateLong", () => vibrate(400)),
  setKeepScreenOn: outcome("setKeepScreenOn", (_: { keepScreenOn: boolean }) => {}),
  hideKeyboard: outcome("hideKeyboard", () => (document.activeElement as HTMLElement | null)?.blur()),
  hideShareMenu: outcome("hideShareMenu", () => {}),
  showShareMenu: outcome("showShareMenu", () => {}),
};
