/// <reference lib="dom" />
import type { BuiltinTag } from "../../program.ts";
import { dispatchTo } from "../backend.ts";

/** The type of a property, as WeChat names it. `null` takes any value. */
export type PropertyType = StringConstructor | NumberConstructor | BooleanConstructor | ArrayConstructor | null;

/** A property with its type, or with a default that implies it. */
export type PropertyOption = PropertyType | { type: PropertyType; value: unknown };

/** What a built-in component may do with its instance. */
export interface BuiltinInstance {
  /** The component's DOM element. */
  readonly element: HTMLElement;
  /** A property's present value. */
  get<Value>(name: string): Value;
  /** Sets a property of the component itself, as a control does when the visitor changes it. */
  set(name: string, value: unknown): void;
  /** Dispatches an event, by default one that does not bubble, as WeChat's components do. */
  fire(type: string, detail: unknown, bubbles?: boolean): void;
  /** Calls the listener on a mini-program event of the component, such as `tap`, with the element that was touched. */
  on(type: string, listener: (touched: Element | null) => void): void;
}

/** The running part of a built-in component. */
export interface BuiltinBehavior {
  /** Called with each property once after creation, then at every change. */
  update?(name: string, value: unknown): void;
  detached?(): void;
}

/** A built-in component: its properties and how an instance behaves. */
export interface BuiltinComponent {
  tag: BuiltinTag;
  properties: Record<string, PropertyOption>;
  create?(instance: BuiltinInstance): BuiltinBehavior | void;
}

/** The part of a glass-easel component that the built-ins need. */
export interface GlassComponent {
  readonly $$: unknown;
  readonly data: Record<string, unknown>;
  setData(data: Record<string, unknown>): void;
  addListener(type: string, listener: (event: { getOriginalEvent(): unknown }) => void): void;
}

/** Wraps a glass-easel component for a {@link BuiltinComponent}. */
export function toInstance(component: GlassComponent): BuiltinInstance {
  return {
    element: component.$$ as HTMLElement,
    get: <Value>(name: string) => component.data[name] as Value,
    set: (name, value) => component.setData({ [name]: value }),
    fire: (type, detail, bubbles = false) => {
      const target = component as unknown as Parameters<typeof dispatchTo>[0];
      dispatchTo(target, type, detail, { bubbles, composed: bubbles, capturePhase: bubbles });
    },
    on: (type, listener) => {
      component.addListener(type, (event) => {
        const source = event.getOriginalEvent();
        listener(source instanceof Event && source.target instanceof Element ? source.target : null);
      });
    },
  };
}

/** Shows a property as an attribute for the style sheet: absent when false or empty. */
export function reflect(element: HTMLElement, name: string, value: unknown): void {
  if (value === true) element.setAttribute(name, "");
  else if (value === false || value === "" || value === null || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, String(value));
}
