import { type BuiltinComponent, reflect } from "./builtin.ts";
import { pressable } from "./pressable.ts";

/** `<view>`: a block. */
export const viewComponent: BuiltinComponent = {
  tag: "view",
  properties: { hoverClass: String, hoverStopPropagation: Boolean, hoverStartTime: Number, hoverStayTime: Number },
  create: (instance) => pressable(instance, 50, 400),
};

/** `<text>`: inline text whose line breaks count. */
export const textComponent: BuiltinComponent = {
  tag: "text",
  properties: { userSelect: Boolean, selectable: Boolean, space: String, decode: Boolean, maxLines: Number },
  create: ({ element }) => ({
    update(name, value) {
      if (name === "userSelect" || name === "selectable") reflect(element, "selectable", value);
    },
  }),
};

/** `<icon>`: one of WeChat's status symbols, drawn by the style sheet. */
export const iconComponent: BuiltinComponent = {
  tag: "icon",
  properties: { type: String, size: { type: null, value: 23 }, color: String },
  create: ({ element }) => ({
    update(name, value) {
      if (name === "type") reflect(element, "type", value);
      if (name === "size") element.style.fontSize = /^\d+$/.test(String(value)) ? `${value}px` : String(value);
      if (name === "color") element.style.color = String(value);
    },
  }),
};

/** `<page-meta>`: the root font size and the page's own style, set from the template. */
export const pageMetaComponent: BuiltinComponent = {
  tag: "page-meta",
  properties: { pageStyle: String, rootFontSize: String, pageFontSize: String },
  create: ({ element }) => ({
    update(name, value) {
      const body = element.closest<HTMLElement>(".wx-page-body");
      if (!body) return;
      if (name === "pageStyle") body.style.cssText = String(value);
      if (name === "pageFontSize") body.style.fontSize = String(value);
    },
  }),
};
