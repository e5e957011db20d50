/// <reference lib="dom" />
import { type BuiltinComponent, type BuiltinInstance, reflect } from "./builtin.ts";

const groups = new WeakMap<Element, BuiltinInstance>();
const boxes = new WeakMap<Element, BuiltinInstance>();

const checkboxGroup: BuiltinComponent = {
  tag: "checkbox-group",
  properties: { name: String },
  create(instance) {
    instance.element.setAttribute("role", "group");
    groups.set(instance.element, instance);
  },
};

const checkbox: BuiltinComponent = {
  tag: "checkbox",
  properties: { value: String, checked: Boolean, disabled: Boolean, color: String },
  create(instance) {
    const { element } = instance;
    element.setAttribute("role", "checkbox");
    boxes.set(element, instance);
    instance.on("tap", () => {
      if (instance.get<boolean>("disabled")) return;
      instance.set("checked", !instance.get<boolean>("checked"));
      const around = element.closest("wx-checkbox-group");
      if (!around) return;
      const all = [...around.querySelectorAll("wx-checkbox")].map((box) => boxes.get(box));
      const value = all.filter((box) => box?.get<boolean>("checked")).map((box) => box?.get<string>("value"));
      groups.get(around)?.fire("change", { value });
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

/** `<checkbox-group>` and `<checkbox>`: any choices of several. */
export const checkboxComponents: readonly BuiltinComponent[] = [checkboxGroup, checkbox];
