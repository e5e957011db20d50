/// <reference lib="dom" />
import { dispatchTo, elementOf } from "../backend.ts";
import type { BuiltinComponent } from "./builtin.ts";

const CONTROLS = "wx-switch, wx-radio, wx-checkbox, wx-button, wx-input";

/** `<label>`: passes a tap on to its control. */
export const labelComponent: BuiltinComponent = {
  tag: "label",
  properties: { for: String },
  create(instance) {
    const { element } = instance;
    instance.on("tap", (touched) => {
      const id = instance.get<string>("for");
      const named = id ? `[id="${CSS.escape(id)}"], [id$="--${CSS.escape(id)}"]` : "";
      const scope = named ? element.closest(".wx-page-body") : element;
      const control = scope?.querySelector<HTMLElement>(named || CONTROLS);
      // The control itself was tapped, and has had its tap.
      if (!control || touched === null || control.contains(touched)) return;
      pass(control);
    });
  },
};

function pass(control: HTMLElement): void {
  const field = control.querySelector("input");
  if (field) return field.focus();
  const target = elementOf(control);
  if (target) dispatchTo(target, "tap", {}, { bubbles: false, composed: false });
}
