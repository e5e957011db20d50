import { showActionSheet, showModal } from "./overlays/dialogs.ts";
import { callMethod } from "./router/page.ts";
import type { Router } from "./router/router.ts";

/** The menu of the capsule: sharing, where the page offers it, and starting anew. */
export async function openMenu(router: Router): Promise<void> {
  const { instance } = router.top;
  const canShare = typeof instance.onShareAppMessage === "function";
  const items = canShare ? ["转发给朋友", "重新进入小程序"] : ["重新进入小程序"];
  const chosen = items[await showActionSheet(items, "", "")];
  if (chosen === "转发给朋友") await showShareCard(router);
  if (chosen === "重新进入小程序") location.reload();
}

/** A browser cannot share into WeChat, so the card that would be shared is shown. */
async function showShareCard(router: Router): Promise<void> {
  const { instance, route } = router.top;
  const card = (callMethod(instance, "onShareAppMessage", { from: "menu" }) ?? {}) as { title?: string; path?: string };
  await showModal({
    title: card.title ?? "",
    content: card.path ?? route,
    showCancel: false,
    cancelText: "",
    confirmText: "知道了",
    confirmColor: "",
    editable: false,
    placeholderText: "",
  });
}
