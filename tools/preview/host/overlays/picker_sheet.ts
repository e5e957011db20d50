/// <reference lib="dom" />
import { make, showPanel } from "./layer.ts";

/** The sheets of `<picker>`. Each resolves to the chosen value, or to null where the visitor cancels. */
export const choose = {
  /** One entry of a list, by its index. */
  entry(title: string, labels: readonly string[], selected: number): Promise<string | null> {
    return open(title, (done) => {
      const list = make("div", "sheet-list");
      list.setAttribute("role", "listbox");
      labels.forEach((label, i) => {
        const option = make("button", "sheet-item", label);
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", String(i === selected));
        option.addEventListener("click", () => done(String(i)));
        list.append(option);
      });
      queueMicrotask(() => {
        const option = list.children[selected];
        if (option instanceof HTMLElement) list.scrollTop = option.offsetTop - list.clientHeight / 2;
      });
      return list;
    });
  },

  /** A time (`hh:mm`) or a date (`YYYY-MM-DD`). */
  moment(title: string, mode: "time" | "date", value: string): Promise<string | null> {
    return open(title, (done) => {
      const form = make("form", "sheet-form");
      const field = make("input", "sheet-field");
      field.type = mode;
      field.value = value;
      const confirm = make("button", "sheet-item sheet-confirm", "确定");
      form.append(field, confirm);
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        if (field.value) done(field.value);
      });
      return form;
    });
  },
};

function open(
  title: string,
  fill: (done: (value: string | null) => void) => HTMLElement,
): Promise<string | null> {
  return new Promise((resolve) => {
    const panel = make("div", "sheet");
    const done = (value: string | null) => {
      close();
      resolve(value);
    };
    if (title) panel.append(make("div", "sheet-title", title));
    const cancel = make("button", "sheet-item sheet-cancel", "取消");
    cancel.addEventListener("click", () => done(null));
    panel.append(fill(done), cancel);
    const close = showPanel(panel, "bottom", () => done(null));
  });
}
