import { choose } from "../overlays/picker_sheet.ts";
import { type BuiltinComponent, type BuiltinInstance } from "./builtin.ts";

/** `<picker>`: a sheet to choose one entry, a time or a date from. */
export const pickerComponent: BuiltinComponent = {
  tag: "picker",
  properties: {
    mode: { type: String, value: "selector" },
    range: { type: Array, value: [] },
    rangeKey: String,
    value: { type: null, value: 0 },
    start: String,
    end: String,
    fields: String,
    disabled: Boolean,
    headerText: String,
  },
  create(instance) {
    instance.element.setAttribute("role", "button");
    instance.on("tap", () => {
      if (!instance.get<boolean>("disabled")) void open(instance);
    });
  },
};

async function open(instance: BuiltinInstance): Promise<void> {
  const mode = instance.get<string>("mode");
  if (mode !== "selector" && mode !== "time" && mode !== "date") {
    throw new Error(`<picker mode="${mode}"> is not offered by the preview.`);
  }
  const title = instance.get<string>("headerText");
  const value = mode === "selector"
    ? await choose.entry(title, labels(instance), Number(instance.get("value")))
    : await choose.moment(title, mode, String(instance.get("value")));
  if (value === null) return instance.fire("cancel", {});
  instance.set("value", value);
  instance.fire("change", { value });
}

function labels(instance: BuiltinInstance): string[] {
  const key = instance.get<string>("rangeKey");
  return instance.get<unknown[]>("range").map((entry) => {
    return String(key && typeof entry === "object" && entry !== null ? (entry as Record<string, unknown>)[key] : entry);
  });
}
