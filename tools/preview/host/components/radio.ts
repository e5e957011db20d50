/// <reference lib="dom" />
import { type BuiltinComponent, type BuiltinInstance, reflect } from "./builtin.ts";

/** By element, so that a radio finds the group around it and the group its radios. */
const groups = new WeakMap<Element, BuiltinInstance>();
const radios = new WeakMap<Element, BuiltinInstance>();

const radioGroup: BuiltinComponent = {
  tag: "radio-group",
  properties: { name: String },
  create(instance) {
    instance.element.setAttribute("role", "radiogroup");
    groups.set(instance.element, instance);
  },
};

const radio: BuiltinComponent = {
  tag: "radio",
  properties: { value: String, checked: Boolean, disabled: Boolean, color: String },
  create(instance) {
    const { element } = instance;
    element.setAttribute("role", "radio");
    radios.set(element, instance);
    instance.on("tap", () => {
      if (instance.get<boolean>("disabled") || instance.get<boolean>("checked")) return;
      const around = element.closest("wx-radio-group");
      for (const other of around?.querySelectorAll("wx-radio") ?? []) {
        if (other !== element) radios.get(other)?.set("checked", false);
      }
      instance.set("checked", true);
      if (around) groups.get(around)?.fire("change", { value: instance.get<string>("value") });
    });
    return {
      update(name, value) {
        if (name === "checked") {
          reflect(element, "checked", value);
          element.setAttribute("aria-checked", String(Boolean(value)));
        }
        if (name === "disabled") reflect(element, "disabled", value);
        if (name === "color" && value) element.style.setProperty("--radio-color", String(value));
      },
    };
  },
};

/** `<radio-group>` and `<radio>`: one choice of several. */
export const radioComponents: readonly BuiltinComponent[] = [radioGroup, radio];
