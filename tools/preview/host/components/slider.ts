/// <reference lib="dom" />
import type { BuiltinComponent } from "./builtin.ts";

/** `<slider>`: a number of a range. */
export const sliderComponent: BuiltinComponent = {
  tag: "slider",
  properties: {
    min: { type: Number, value: 0 },
    max: { type: Number, value: 100 },
    step: { type: Number, value: 1 },
    value: { type: Number, value: 0 },
    disabled: Boolean,
    showValue: Boolean,
    activeColor: { type: String, value: "#1aad19" },
    backgroundColor: { type: String, value: "#e9e9e9" },
    blockSize: { type: Number, value: 28 },
    blockColor: { type: String, value: "#ffffff" },
  },
  create(instance) {
    const { element, fire } = instance;
    const range = document.createElement("input");
    range.type = "range";
    const label = document.createElement("span");
    element.append(range, label);
    const show = () => (label.textContent = instance.get<boolean>("showValue") ? range.value : "");
    range.addEventListener("input", () => {
      show();
      fire("changing", { value: Number(range.value) });
    });
    range.addEventListener("change", () => {
      instance.set("value", Number(range.value));
      fire("change", { value: Number(range.value) });
    });
    return {
      update(name, value) {
        if (name === "min" || name === "max" || name === "step") range[name] = String(value);
        if (name === "disabled") range.disabled = Boolean(value);
        if (name === "activeColor") range.style.accentColor = String(value);
        // The value is clamped by the limits, which may have come after it.
        range.value = String(instance.get<number>("value"));
        show();
      },
    };
  },
};
