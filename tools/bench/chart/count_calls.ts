/// <reference lib="dom" />
/** Counts what is asked of canvases: every method of a 2d context and of a path. To be run before a chart is made. */
export function countCanvasCalls(): void {
  const counter = { calls: 0 };
  Object.assign(globalThis, { counter });
  for (const prototype of [CanvasRenderingContext2D.prototype, Path2D.prototype]) {
    for (const name of Object.getOwnPropertyNames(prototype)) {
      const property = Object.getOwnPropertyDescriptor(prototype, name)!;
      const method: unknown = property.value;
      if (typeof method !== "function") continue;
      Object.defineProperty(prototype, name, {
        ...property,
        value(...args: unknown[]) {
          counter.calls++;
          return Reflect.apply(method, this, args);
        },
      });
    }
  }
}
