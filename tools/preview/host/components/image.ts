/// <reference lib="dom" />
import type { BuiltinComponent } from "./builtin.ts";

/** How each `mode` places the picture. */
const FIT: Record<string, string> = {
  scaleToFill: "fill",
  aspectFit: "contain",
  aspectFill: "cover",
  widthFix: "fill",
  heightFix: "fill",
  center: "none",
};

/** `<image>`: a picture of 320 × 240 px unless styled otherwise. */
export const imageComponent: BuiltinComponent = {
  tag: "image",
  properties: {
    src: String,
    mode: { type: String, value: "scaleToFill" },
    lazyLoad: Boolean,
    showMenuByLongpress: Boolean,
    webp: Boolean,
    alt: String,
  },
  create({ element, fire }) {
    const picture = document.createElement("img");
    picture.draggable = false;
    picture.alt = "";
    picture.addEventListener(
      "load",
      () => fire("load", { width: picture.naturalWidth, height: picture.naturalHeight }),
    );
    picture.addEventListener("error", () => fire("error", { errMsg: `the picture ${picture.src} cannot be loaded` }));
    element.append(picture);
    return {
      update(name, value) {
        if (name === "src") setSource(picture, String(value ?? ""));
        if (name === "alt") picture.alt = String(value ?? "");
        if (name === "lazyLoad") picture.loading = value ? "lazy" : "eager";
        if (name === "mode") {
          picture.style.objectFit = FIT[String(value)] ?? "fill";
          element.dataset.mode = String(value);
        }
      },
    };
  },
};

function setSource(picture: HTMLImageElement, source: string): void {
  if (source === "") picture.removeAttribute("src");
  else picture.src = /^(https?:|data:|blob:)/.test(source) ? source : `assets/${source.replace(/^[./]+/, "")}`;
}
