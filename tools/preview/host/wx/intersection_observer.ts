/// <reference lib="dom" />
import { type Box, logicalBox, pageOrigin } from "../phone.ts";
import type { QueryScope } from "./selector_query.ts";

interface Margins {
  left?: number;
  top?: number;
  right?: number;
  bottom?: number;
}

/** What an observer reports about an element. Rectangles are relative to the page's visible area, in CSS px. */
export interface IntersectionResult {
  id: string;
  dataset: Record<string, unknown> | null;
  intersectionRatio: number;
  intersectionRect: Box;
  boundingClientRect: Box;
  relativeRect: Box;
  time: number;
}

/** Options of wx.createIntersectionObserver. */
export interface ObserverOptions {
  /** @default [0] */
  thresholds?: number[];
  /** @default 0 */
  initialRatio?: number;
  /** @default false */
  observeAll?: boolean;
}

/** wx.createIntersectionObserver(): tells when elements come into view. */
export class PageIntersectionObserver {
  #observer: IntersectionObserver | null = null;
  #relativeTo: { selector: string | null; margins: Margins } | null = null;

  constructor(private readonly scope: QueryScope, private readonly options: ObserverOptions = {}) {}

  relativeTo(selector: string, margins: Margins = {}): this {
    this.#relativeTo = { selector, margins };
    return this;
  }

  relativeToViewport(margins: Margins = {}): this {
    this.#relativeTo = { selector: null, margins };
    return this;
  }

  observe(selector: string, listener: (result: IntersectionResult) => void): void {
    if (!this.#relativeTo) throw new Error("relativeTo or relativeToViewport must be called before observe.");
    if (this.#observer) throw new Error("observe was called before; create another observer.");
    const root = this.scope._$.getShadowRoot();
    const first = root.querySelector(selector);
    const targets = this.options.observeAll ? root.querySelectorAll(selector) : first ? [first] : [];
    const byNode = new Map(targets.map((target) => [target.$$ as unknown as HTMLElement, target]));
    const [any] = byNode.keys();
    if (!any) return;
    const frame = any.closest(".page-frame");
    const { selector: rootSelector, margins } = this.#relativeTo;
    const reference = rootSelector === null ? null : root.querySelector(rootSelector)?.$$ as unknown as HTMLElement;
    const { top = 0, right = 0, bottom = 0, left = 0 } = margins;
    const ratios = new Map<Element, number>();
    this.#observer = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        const element = byNode.get(entry.target as HTMLElement);
        // The browser always reports once at the start; WeChat only where it differs from initialRatio.
        const before = ratios.get(entry.target) ?? this.options.initialRatio ?? 0;
        ratios.set(entry.target, entry.intersectionRatio);
        if (!element || (before === entry.intersectionRatio && before === 0)) continue;
        const origin = pageOrigin(entry.target);
        listener({
          id: element.id,
          dataset: element.dataset as Record<string, unknown>,
          intersectionRatio: entry.intersectionRatio,
          intersectionRect: logicalBox(entry.intersectionRect, origin),
          boundingClientRect: logicalBox(entry.boundingClientRect, origin),
          relativeRect: logicalBox(entry.rootBounds ?? new DOMRect(), origin),
          time: entry.time,
        });
      }
    }, {
      root: reference ?? frame,
      rootMargin: `${top}px ${right}px ${bottom}px ${left}px`,
      threshold: this.options.thresholds ?? [0],
    });
    for (const node of byNode.keys()) this.#observer.observe(node);
  }

  disconnect(): void {
    this.#observer?.disconnect();
    this.#observer = null;
  }
}
