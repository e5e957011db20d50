import { type glassEasel } from "../adapter.ts";
import type { NavigatorOption } from "../space.ts";
import { type BuiltinBehavior, type BuiltinComponent, type GlassComponent, reflect, toInstance } from "./builtin.ts";
import { buttonComponent } from "./button.ts";
import { canvasComponent } from "./canvas.ts";
import { checkboxComponents } from "./checkbox.ts";
import { imageComponent } from "./image.ts";
import { inputComponent, textareaComponent } from "./input.ts";
import { labelComponent } from "./label.ts";
import { navigatorComponent } from "./navigator.ts";
import { pickerComponent } from "./picker.ts";
import { radioComponents } from "./radio.ts";
import { scrollViewComponent } from "./scroll_view.ts";
import { sliderComponent } from "./slider.ts";
import { switchComponent } from "./switch.ts";
import { iconComponent, pageMetaComponent, textComponent, viewComponent } from "./view.ts";

type ComponentSpace = InstanceType<typeof glassEasel.ComponentSpace>;

/** Properties every component has: visibility and the names assistive technology reads. */
const COMMON_PROPERTIES = {
  hidden: Boolean,
  ariaRole: null,
  ariaLabel: null,
  ariaChecked: null,
  ariaDisabled: null,
  ariaHidden: null,
  ariaSelected: null,
  ariaPressed: null,
  ariaExpanded: null,
  ariaLive: null,
  ariaModal: null,
  ariaDescribedby: null,
  ariaLabelledby: null,
  ariaValuenow: null,
  ariaValuemin: null,
  ariaValuemax: null,
  ariaValuetext: null,
} as const;

/** Makes the built-in components known to every template. */
export function defineBuiltins(space: ComponentSpace, openUrl: (option: NavigatorOption) => void): void {
  const components: BuiltinComponent[] = [
    viewComponent,
    textComponent,
    iconComponent,
    pageMetaComponent,
    buttonComponent,
    imageComponent,
    inputComponent,
    textareaComponent,
    switchComponent,
    sliderComponent,
    pickerComponent,
    scrollViewComponent,
    canvasComponent,
    navigatorComponent(openUrl),
    labelComponent,
    ...radioComponents,
    ...checkboxComponents,
  ];
  for (const component of components) define(space, component);
}

function define(space: ComponentSpace, component: BuiltinComponent): void {
  const properties = { ...COMMON_PROPERTIES, ...component.properties };
  const behaviors = new WeakMap<GlassComponent, BuiltinBehavior>();
  const update = (self: GlassComponent, name: string, value: unknown) => {
    const element = self.$$ as HTMLElement | null;
    if (!element) return;
    if (name === "hidden") reflect(element, "wx-hidden", value);
    else if (name.startsWith("aria")) {
      reflect(element, ariaAttribute(name), typeof value === "boolean" ? String(value) : value);
    } else behaviors.get(self)?.update?.(name, value);
  };
  const definition = space.defineComponent({
    is: `__builtin/${component.tag}`,
    properties: properties as unknown as Record<string, null>,
    observers: Object.keys(properties).map((name) => ({
      fields: name,
      observer(this: unknown, value: unknown) {
        update(this as GlassComponent, name, value);
      },
    })),
    lifetimes: {
      attached(this: unknown) {
        const self = this as GlassComponent;
        behaviors.set(self, heedingChanges(component.create?.(toInstance(self)) ?? {}));
        for (const name of Object.keys(properties)) update(self, name, self.data[name]);
      },
      detached(this: unknown) {
        behaviors.get(this as GlassComponent)?.detached?.();
      },
    },
  });
  space.setGlobalUsingComponent(component.tag, definition.general());
}

/**
 * Tells a behavior of a property only when it is another value. Observers hear of one that is set again, too: a list
 * would then jump to where it was once told to stand.
 */
function heedingChanges(behavior: BuiltinBehavior): BuiltinBehavior {
  const told = new Map<string, unknown>();
  return {
    detached: () => behavior.detached?.(),
    update: (name, value) => {
      if (told.has(name) && told.get(name) === value) return;
      told.set(name, value);
      behavior.update?.(name, value);
    },
  };
}

/** `ariaLabel` becomes `aria-label`; `ariaRole` is plain `role`. */
function ariaAttribute(name: string): string {
  return name === "ariaRole" ? "role" : name.replace("aria", "aria-").toLowerCase();
}
