/// <reference lib="dom" />
import { showActionSheet, showModal } from "../overlays/dialogs.ts";
import { hideToast, showToast, type ToastOptions } from "../overlays/toast.ts";
import { outcome } from "./outcome.ts";

interface ToastOption {
  title: string;
  icon?: ToastOptions["icon"];
  duration?: number;
  mask?: boolean;
}

interface ModalOption {
  title?: string;
  content?: string;
  showCancel?: boolean;
  cancelText?: string;
  confirmText?: string;
  confirmColor?: string;
  editable?: boolean;
  placeholderText?: string;
}

/** Toasts, dialogs and sheets. */
export const interactionApi = {
  showToast: outcome("showToast", ({ title, icon = "success", duration = 1500, mask = false }: ToastOption) => {
    showToast({ title, icon, durationMs: duration, mask });
  }),
  hideToast: outcome("hideToast", hideToast),
  showLoading: outcome("showLoading", ({ title, mask = false }: { title: string; mask?: boolean }) => {
    showToast({ title, icon: "loading", durationMs: Infinity, mask });
  }),
  hideLoading: outcome("hideLoading", hideToast),
  showModal: outcome("showModal", (option: ModalOption) => {
    return showModal({
      title: option.title ?? "",
      content: option.content ?? "",
      showCancel: option.showCancel ?? true,
      cancelText: option.cancelText ?? "取消",
      confirmText: option.confirmText ?? "确定",
      confirmColor: option.confirmColor ?? "",
      editable: option.editable ?? false,
      placeholderText: option.placeholderText ?? "",
    });
  }),
  showActionSheet: outcome(
    "showActionSheet",
    async ({ itemList, itemColor = "", alertText = "" }: {
      itemList: string[];
      itemColor?: string;
      alertText?: string;
    }) => {
      if (itemList.length > 6) throw new Error("itemList should not have more than 6 items");
      const tapIndex = await showActionSheet(itemList, itemColor, alertText);
      if (tapIndex < 0) throw new Error("cancel");
      return { tapIndex };
    },
  ),
};
