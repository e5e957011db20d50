/// <reference lib="dom" />
import type { BuiltinComponent } from "./builtin.ts";

/** Properties that the style sheet draws. */
const VARIABLES: Record<string, string> = {
  activeColor: "--slider-active",
  backgroundColor: "--slider-track",
  blockSize: "--slider-block",
  blockColor: "--slider-block-color",
};

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
    const show = () => {
      label.textContent = instance.get<boolean>("showValue") ? range.value : "";
      const [min, max] = [Number(range.min), Number(range.max)];
      const filled = max > min ? (Number(range.value) - min) / (max - min) : 0;
      range.style.setProperty("--slider-filled", `${filled * 100}%`);
    };
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
        const variable = VARIABLES[name];
        if (variable) range.style.setProperty(variable, name === "blockSize" ? `${value}px` : String(value));
        // The value is clamped by the limits, which may have come after it.
        range.value = String(instance.get<number>("value"));
        show();
      },
    };
  },
};
