import { adapter } from "./adapter.ts";
import { type ObserverOptions, PageIntersectionObserver } from "./wx/intersection_observer.ts";
import { type QueryScope, SelectorQuery } from "./wx/selector_query.ts";

/** Completes what the adapter's component instances lack: queries for nodes, and observers within the phone. */
export function installInstanceMethods(scopeOnTop: () => { scope: QueryScope; scroller: HTMLElement }): void {
  const prototype = adapter.component.ComponentCaller.prototype as unknown as {
    createSelectorQuery: (this: QueryScope) => unknown;
    createIntersectionObserver: (this: QueryScope, options?: ObserverOptions) => unknown;
  };
  prototype.createSelectorQuery = function () {
    return new SelectorQuery(scopeOnTop, this);
  };
  prototype.createIntersectionObserver = function (options) {
    return new PageIntersectionObserver(this, options);
  };
}
