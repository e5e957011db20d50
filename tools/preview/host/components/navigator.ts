import type { NavigatorOption } from "../space.ts";
import type { BuiltinComponent } from "./builtin.ts";
import { pressable } from "./pressable.ts";

/** `<navigator>`: a link to another page. */
export function navigatorComponent(openUrl: (option: NavigatorOption) => void): BuiltinComponent {
  return {
    tag: "navigator",
    properties: {
      url: String,
      openType: { type: String, value: "navigate" },
      delta: { type: Number, value: 1 },
      target: String,
      hoverClass: { type: String, value: "navigator-hover" },
      hoverStopPropagation: Boolean,
      hoverStartTime: Number,
      hoverStayTime: Number,
    },
    create(instance) {
      instance.element.setAttribute("role", "link");
      instance.on("tap", () => {
        openUrl({ openType: instance.get("openType"), url: instance.get("url"), delta: instance.get("delta") });
      });
      return pressable(instance, 50, 600);
    },
  };
}
