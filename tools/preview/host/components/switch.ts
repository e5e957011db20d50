import { type BuiltinComponent, reflect } from "./builtin.ts";

/** `<switch>`: on or off. */
export const switchComponent: BuiltinComponent = {
  tag: "switch",
  properties: {
    checked: Boolean,
    disabled: Boolean,
    color: String,
    type: { type: String, value: "switch" },
    name: String,
  },
  create(instance) {
    const { element } = instance;
    element.setAttribute("role", "switch");
    instance.on("tap", () => {
      if (instance.get<boolean>("disabled")) return;
      const checked = !instance.get<boolean>("checked");
      instance.set("checked", checked);
      instance.fire("change", { value: checked });
    });
    return {
      update(name, value) {
        if (name === "checked") {
          reflect(element, "checked", value);
          element.setAttribute("aria-checked", String(Boolean(value)));
        }
        if (name === "disabled") reflect(element, "disabled", value);
        if (name === "color" && value) element.style.setProperty("--switch-color", String(value));
      },
    };
  },
};
