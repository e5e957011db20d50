/// <reference lib="dom" />
import { rewriteLengths } from "../compile/lengths.ts";
import { elementName } from "../program.ts";
import { glassEasel } from "./adapter.ts";
import { windowSize } from "./phone.ts";

type GlassElement = InstanceType<typeof glassEasel.Element>;
type EventOptions = ConstructorParameters<typeof glassEasel.Event>[2];

/** DOM events the backend passes on as they are; gestures are made by {@link ./gestures.ts}. */
const NATIVE_EVENTS = new Set(["transitionend", "animationstart", "animationiteration", "animationend"]);

/** A DOM node that glass-easel has put its element on. */
export interface LinkedNode extends Node {
  __wxElement?: GlassElement;
}

/** Dispatches an event to a glass-easel element. Returns whether its default action was prevented. */
export function dispatchTo(target: GlassElement, type: string, detail: unknown, options: EventOptions): boolean {
  const event = new glassEasel.Event(type, detail, options);
  glassEasel.Event.dispatchEvent(target, event);
  return event.defaultPrevented();
}

/** The nearest glass-easel element of a DOM node. */
export function elementOf(node: EventTarget | null): GlassElement | undefined {
  let at = node instanceof Node ? node as LinkedNode : null;
  while (at && !at.__wxElement) at = at.parentNode;
  return at?.__wxElement;
}

/** Inline styles go through the style object: a strict Content-Security-Policy forbids the attribute. */
function setAttribute(this: HTMLElement, name: string, value: string): void {
  if (name === "style") this.style.cssText = rewriteLengths(value);
  else Element.prototype.setAttribute.call(this, name, value);
}

function createElement(tag: string): HTMLElement {
  const element = document.createElement(elementName(tag));
  element.setAttribute = setAttribute;
  return element;
}

/**
 * glass-easel's own DOM backend with the preview's element names, style sheets that a strict
 * Content-Security-Policy allows, and the phone in place of the window.
 */
export class PreviewBackend extends glassEasel.CurrentWindowBackendContext {
  readonly #sheets = new Map<string, CSSStyleSheet>();
  #collected: CSSStyleSheet[] = [];

  constructor() {
    super();
    const factory = {
      createElement,
      createTextNode: (text: string) => document.createTextNode(text),
      createDocumentFragment: () => document.createDocumentFragment(),
    };
    this.document = factory as unknown as typeof this.document;
  }

  override registerStyleSheetContent(path: string, content: unknown): void {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(String(content));
    this.#sheets.set(path, sheet);
  }

  override appendStyleSheetPath(path: string): number {
    const sheet = this.#sheets.get(path);
    if (sheet && !this.#collected.includes(sheet)) this.#collected.push(sheet);
    return this.#collected.length - 1;
  }

  /** Runs `create` and returns the style sheets that the components made by it need, in order. */
  collectSheets<Result>(create: () => Result): { result: Result; sheets: CSSStyleSheet[] } {
    this.#collected = [];
    const result = create();
    return { result, sheets: this.#collected };
  }

  override setListenerStats(element: unknown, type: string): void {
    if (!NATIVE_EVENTS.has(type) || !(element instanceof HTMLElement)) return;
    const mark = `previewListens${type}`;
    if (element.dataset[mark]) return;
    element.dataset[mark] = "1";
    element.addEventListener(type, (event) => {
      const target = elementOf(event.target);
      if (event.target === element && target) {
        dispatchTo(target, type, {}, { bubbles: true, composed: true, capturePhase: true, originalEvent: event });
      }
    });
  }

  override getWindowWidth(): number {
    return windowSize().width;
  }

  override getWindowHeight(): number {
    return windowSize().height;
  }
}
