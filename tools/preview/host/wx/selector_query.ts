/// <reference lib="dom" />
import type { glassEasel } from "../adapter.ts";
import { scrollToElement } from "../components/scroll_view.ts";
import { logicalBox, pageOrigin, windowSize } from "../phone.ts";

type GlassElement = InstanceType<typeof glassEasel.Element>;

/** A page or component instance, as far as queries need it. */
export interface QueryScope {
  _$: {
    getShadowRoot(): { querySelector(s: string): GlassElement | null; querySelectorAll(s: string): GlassElement[] };
  };
}

/** The fields that can be asked for. */
export interface QueryFields {
  id?: boolean;
  dataset?: boolean;
  mark?: boolean;
  rect?: boolean;
  size?: boolean;
  scrollOffset?: boolean;
  properties?: string[];
  computedStyle?: string[];
  node?: boolean;
  context?: boolean;
}

type Result = Record<string, unknown> | null;
type Callback = ((result: never) => void) | undefined;
type Target = { selector: string | null; single: boolean };

/** wx.createSelectorQuery(): reads the layout of the elements of a page or component. */
export class SelectorQuery {
  readonly #jobs: { scope: QueryScope; target: Target; fields: QueryFields; callback: Callback }[] = [];
  #scope: QueryScope | null;

  /** The page's scroller is where the viewport's scroll offset is read. */
  constructor(private readonly scopeOnTop: () => { scope: QueryScope; scroller: HTMLElement }, scope?: QueryScope) {
    this.#scope = scope ?? null;
  }

  in(scope: QueryScope): this {
    this.#scope = scope;
    return this;
  }

  select(selector: string): NodesRef {
    return this.#ref({ selector, single: true });
  }

  selectAll(selector: string): NodesRef {
    return this.#ref({ selector, single: false });
  }

  selectViewport(): NodesRef {
    return this.#ref({ selector: null, single: true });
  }

  /** Reads everything asked for after the pending updates, then calls back in order. */
  exec(callback?: (results: unknown[]) => void): this {
    setTimeout(() => {
      const results = this.#jobs.map(({ scope, target, fields }) => this.#read(scope, target, fields));
      this.#jobs.forEach((job, i) => (job.callback as ((result: unknown) => void) | undefined)?.(results[i]));
      callback?.(results);
    }, 0);
    return this;
  }

  #ref(target: Target): NodesRef {
    const ask = (fields: QueryFields, callback: Callback) => {
      const scope = this.#scope ?? this.scopeOnTop().scope;
      this.#jobs.push({ scope, target, fields, callback });
      return this;
    };
    return {
      fields: ask,
      boundingClientRect: (callback) => ask({ id: true, dataset: true, rect: true, size: true }, callback),
      scrollOffset: (callback) => ask({ id: true, dataset: true, scrollOffset: true }, callback),
      node: (callback) => ask({ node: true }, callback),
    };
  }

  #read(scope: QueryScope, { selector, single }: Target, fields: QueryFields): Result | Result[] {
    if (fields.context) throw new Error("The query field `context` is not offered by the preview. Use `node`.");
    if (selector === null) return this.#readViewport(fields);
    const root = scope._$.getShadowRoot();
    if (!single) {
      return root.querySelectorAll(selector).map((element) => readElement(element, fields)).filter(Boolean);
    }
    const element = root.querySelector(selector);
    return element && readElement(element, fields);
  }

  #readViewport(fields: QueryFields): Result {
    const { scroller } = this.scopeOnTop();
    const { width, height } = windowSize();
    return {
      ...(fields.id && { id: "" }),
      ...(fields.dataset && { dataset: {} }),
      ...(fields.rect && { left: 0, top: 0, right: width, bottom: height }),
      ...(fields.size && { width, height }),
      ...(fields.scrollOffset && { scrollLeft: scroller.scrollLeft, scrollTop: scroller.scrollTop }),
    };
  }
}

/** What select() returns: each method asks for fields and returns the query. */
export interface NodesRef {
  fields(fields: QueryFields, callback?: (result: never) => void): SelectorQuery;
  boundingClientRect(callback?: (result: never) => void): SelectorQuery;
  scrollOffset(callback?: (result: never) => void): SelectorQuery;
  node(callback?: (result: never) => void): SelectorQuery;
}

/** `null` where its page was left meanwhile: such an element has no place on the screen any more. */
function readElement(element: GlassElement, fields: QueryFields): Result {
  const dom = element.$$ as unknown as HTMLElement | null;
  if (!dom) return null;
  const result: Record<string, unknown> = {};
  if (fields.id) result.id = element.id;
  if (fields.dataset) result.dataset = element.dataset;
  if (fields.mark) result.mark = element.collectMarks();
  if (fields.rect || fields.size) Object.assign(result, readBox(dom, fields));
  if (fields.scrollOffset) {
    const { scrollLeft, scrollTop, scrollWidth, scrollHeight } = dom;
    Object.assign(result, { scrollLeft, scrollTop, scrollWidth, scrollHeight });
  }
  for (const name of fields.properties ?? []) {
    result[name] = (element as unknown as { data?: Record<string, unknown> }).data?.[name];
  }
  const style = fields.computedStyle ? getComputedStyle(dom) : null;
  for (const name of fields.computedStyle ?? []) {
    result[name] = style?.getPropertyValue(name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
  }
  if (fields.node) result.node = nodeOf(dom);
  return result;
}

/** Rectangles are relative to the page's visible area, as on a phone. */
function readBox(dom: HTMLElement, fields: QueryFields): Record<string, number> {
  const { width, height, ...rect } = logicalBox(dom.getBoundingClientRect(), pageOrigin(dom));
  return { ...(fields.rect && rect), ...(fields.size && { width, height }) };
}
function nodeOf(dom: HTMLElement): unknown {
  const canvas = dom.querySelector(":scope > canvas");
  if (canvas) return canvas;
  if (dom.localName === "wx-scroll-view") return scrollContext(dom);
  throw new Error(
    `The node of <${dom.localName.replace(/^wx-/, "")}> is not offered; only a canvas and a scroll-view have one.`,
  );
}

/** The ScrollViewContext of an enhanced scroll-view. */
function scrollContext(dom: HTMLElement) {
  return {
    scrollTo({ top, left, animated = true }: { top?: number; left?: number; animated?: boolean }) {
      const behavior: ScrollBehavior = animated ? "smooth" : "instant";
      dom.scrollTo({ behavior, ...(top !== undefined && { top }), ...(left !== undefined && { left }) });
    },
    scrollIntoView(selector: string) {
      const target = dom.querySelector(selector);
      if (target) scrollToElement(dom, target, "smooth");
    },
  };
}
