/// <reference lib="dom" />
import { make, showPanel } from "./layer.ts";

/** What showModal asks. */
export interface ModalOptions {
  title: string;
  content: string;
  showCancel: boolean;
  cancelText: string;
  confirmText: string;
  confirmColor: string;
  editable: boolean;
  placeholderText: string;
}

/** The visitor's answer; `content` is what was typed into an editable one. */
export interface ModalAnswer {
  confirm: boolean;
  cancel: boolean;
  content: string;
}

/** Shows a dialog and resolves to the answer. */
export function showModal(options: ModalOptions): Promise<ModalAnswer> {
  return new Promise((resolve) => {
    const panel = make("div", "modal");
    panel.setAttribute("role", "alertdialog");
    panel.setAttribute("aria-label", options.title || options.content);
    if (options.title) panel.append(make("div", "modal-title", options.title));
    const field = make("textarea", "modal-field");
    field.placeholder = options.placeholderText;
    if (options.editable) {
      field.value = options.content;
      panel.append(field);
    } else panel.append(make("div", "modal-content", options.content));
    const buttons = make("div", "modal-buttons");
    const answer = (confirm: boolean) => {
      close();
      resolve({ confirm, cancel: !confirm, content: options.editable ? field.value : "" });
    };
    if (options.showCancel) buttons.append(button("modal-cancel", options.cancelText, () => answer(false)));
    const confirm = button("modal-confirm", options.confirmText, () => answer(true));
    if (options.confirmColor) confirm.style.color = options.confirmColor;
    buttons.append(confirm);
    panel.append(buttons);
    const close = showPanel(panel, "center");
  });
}

/** Shows a list of actions and resolves to the index of the chosen one, or to -1. */
export function showActionSheet(items: readonly string[], itemColor: string, alertText: string): Promise<number> {
  return new Promise((resolve) => {
    const panel = make("div", "sheet");
    panel.setAttribute("role", "menu");
    const done = (index: number) => {
      close();
      resolve(index);
    };
    if (alertText) panel.append(make("div", "sheet-title", alertText));
    items.forEach((item, i) => {
      const entry = button("sheet-item", item, () => done(i));
      entry.setAttribute("role", "menuitem");
      if (itemColor) entry.style.color = itemColor;
      panel.append(entry);
    });
    panel.append(button("sheet-item sheet-cancel", "取消", () => done(-1)));
    const close = showPanel(panel, "bottom", () => done(-1));
  });
}

function button(className: string, text: string, onClick: () => void): HTMLButtonElement {
  const element = make("button", className, text);
  element.addEventListener("click", onClick);
  return element;
}
