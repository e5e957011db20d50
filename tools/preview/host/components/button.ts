import { type BuiltinComponent, reflect } from "./builtin.ts";
import { pressable } from "./pressable.ts";

/** `<button>` in WeChat's second style. Open types that need WeChat itself do nothing but tap. */
export const buttonComponent: BuiltinComponent = {
  tag: "button",
  properties: {
    size: { type: String, value: "default" },
    type: { type: String, value: "default" },
    plain: Boolean,
    disabled: Boolean,
    loading: Boolean,
    openType: String,
    formType: String,
    hoverClass: { type: String, value: "button-hover" },
  },
  create(instance) {
    const { element } = instance;
    element.setAttribute("role", "button");
    const press = pressable(instance, 20, 70);
    return {
      ...press,
      update(name, value) {
        press.update?.(name, value);
        if (["size", "type", "plain", "disabled", "loading"].includes(name)) reflect(element, name, value);
        if (name === "openType") reflect(element, "open-type", value);
      },
    };
  },
};
