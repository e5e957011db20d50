/// <reference lib="dom" />
import type { BuiltinComponent, BuiltinInstance } from "./builtin.ts";

type Field = HTMLInputElement | HTMLTextAreaElement;

const PROPERTIES = {
  value: String,
  placeholder: String,
  placeholderStyle: String,
  placeholderClass: String,
  maxlength: { type: Number, value: 140 },
  disabled: Boolean,
  focus: Boolean,
  autoFocus: Boolean,
  adjustPosition: Boolean,
  holdKeyboard: Boolean,
  cursorSpacing: Number,
  confirmHold: Boolean,
  name: String,
} as const;

/** What a phone's keyboard shows for each input type. */
const INPUT_MODE: Record<string, string> = { number: "numeric", digit: "decimal", idcard: "text", text: "text" };

/** `<input>`: one line of text. */
export const inputComponent: BuiltinComponent = {
  tag: "input",
  properties: {
    ...PROPERTIES,
    type: { type: String, value: "text" },
    password: Boolean,
    confirmType: { type: String, value: "done" },
    alwaysEmbed: Boolean,
  },
  create(instance) {
    const field = document.createElement("input");
    const update = connect(instance, field);
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      instance.fire("confirm", { value: field.value });
      if (!instance.get<boolean>("confirmHold")) field.blur();
    });
    return {
      update(name, value) {
        if (name === "password") field.type = value ? "password" : "text";
        else if (name === "type") field.inputMode = INPUT_MODE[String(value)] ?? "text";
        else if (name === "confirmType") field.enterKeyHint = String(value);
        else update(name, value);
      },
    };
  },
};

/** `<textarea>`: text of several lines. */
export const textareaComponent: BuiltinComponent = {
  tag: "textarea",
  properties: { ...PROPERTIES, autoHeight: Boolean, fixed: Boolean, showConfirmBar: Boolean },
  create(instance) {
    return { update: connect(instance, document.createElement("textarea")) };
  },
};

/** Puts the field into the component and passes its events on. Returns what applies a changed property. */
function connect(instance: BuiltinInstance, field: Field): (name: string, value: unknown) => void {
  const { element, fire } = instance;
  field.autocomplete = "off";
  element.append(field);
  let keyCode = 0;
  field.addEventListener("keydown", (event) => keyCode = (event as KeyboardEvent).keyCode);
  field.addEventListener("input", () => {
    // The property follows what was typed, so that setting it to its former value later has an effect.
    instance.set("value", field.value);
    fire("input", { value: field.value, cursor: field.selectionStart ?? field.value.length, keyCode });
  });
  field.addEventListener("focus", () => fire("focus", { value: field.value, height: 0 }));
  field.addEventListener("blur", () => {
    fire("blur", { value: field.value, cursor: field.selectionStart ?? field.value.length });
    fire("change", { value: field.value });
  });
  return (name, value) => {
    if (name === "value" && field.value !== String(value ?? "")) field.value = String(value ?? "");
    if (name === "placeholder") field.placeholder = String(value ?? "");
    if (name === "disabled") field.disabled = Boolean(value);
    if (name === "maxlength") setMaxLength(field, Number(value));
    if ((name === "focus" || name === "autoFocus") && value) requestAnimationFrame(() => field.focus());
    if (name === "focus" && !value && document.activeElement === field) field.blur();
    if (name === "name") field.name = String(value ?? "");
  };
}

function setMaxLength(field: Field, length: number): void {
  if (length < 0) field.removeAttribute("maxlength");
  else field.maxLength = length;
}
