/// <reference lib="dom" />
import type { Program } from "../program.ts";
import { adapter } from "./adapter.ts";
import type { PreviewBackend } from "./backend.ts";
import { defineBuiltins } from "./components/mod.ts";
import type { ModuleLoader } from "./module_loader.ts";

type CodeSpace = ReturnType<InstanceType<typeof adapter.MiniProgramEnv>["createCodeSpace"]>;
type AssociatedBackend = ReturnType<InstanceType<typeof adapter.MiniProgramEnv>["associateBackend"]>;
type Definition = Record<string, unknown> & { behaviors?: unknown[] };
type ComponentEnv = Parameters<Parameters<CodeSpace["componentEnv"]>[1]>[0];
type Behavior = ReturnType<ComponentEnv["Behavior"]>;

/** The component framework's side of a mini-program: its code space and the functions that register into it. */
export class ComponentRegistry {
  readonly space: CodeSpace;
  readonly backend: AssociatedBackend;
  readonly #wechatBehaviors: Record<string, Behavior>;
  /** The page or component whose module is being run. */
  #env: ComponentEnv | null = null;
  #shared: ComponentEnv;
  #registered = false;

  constructor(private readonly program: Program, dom: PreviewBackend, openUrl: (option: NavigatorOption) => void) {
    const env = new adapter.MiniProgramEnv();
    this.space = env.createCodeSpace("", true);
    this.backend = env.associateBackend(dom);
    for (const [path, css] of Object.entries(program.data.styles)) {
      this.backend.registerStyleSheetContent(path, css);
    }
    this.space.addStyleSheet("app", "app");
    for (const [path, { config, styleScope }] of Object.entries(program.data.components)) {
      this.space.addComponentStaticConfig(path, config as Parameters<CodeSpace["addComponentStaticConfig"]>[1]);
      const template = { groupList: program.templates, content: program.templates[path] };
      this.space.addCompiledTemplate(path, template as unknown as Parameters<CodeSpace["addCompiledTemplate"]>[1]);
      this.space.addStyleSheet(path, path, styleScope);
    }
    defineBuiltins(this.space.getComponentSpace(), openUrl);
    this.#shared = this.space.componentEnv("", (shared) => shared);
    this.#wechatBehaviors = {
      "wx://form-field": this.#shared.Behavior({ properties: { name: String, value: null } }),
      "wx://component-export": this.#shared.Behavior({}),
    };
  }

  readonly Page = (definition: Definition): void => this.#register("Page", definition);

  readonly Component = (definition: Definition): void => this.#register("Component", definition);

  readonly Behavior = (definition: Definition): Behavior => {
    return this.#shared.Behavior(this.#resolveBehaviors(definition) as Parameters<ComponentEnv["Behavior"]>[0]);
  };

  /** Runs the modules of all pages and components, which register themselves. */
  loadAll(loader: ModuleLoader): void {
    for (const path of Object.keys(this.program.data.components)) {
      this.#registered = false;
      this.space.componentEnv(path, (env) => {
        this.#env = env;
        loader.load(path);
        this.#env = null;
      });
      if (!this.#registered) throw new Error(`${path} calls neither Page() nor Component().`);
    }
  }

  #register(kind: "Page" | "Component", definition: Definition): void {
    if (!this.#env) throw new Error(`${kind}() must be called while the module of a page or component is loaded.`);
    if (this.#registered) throw new Error(`${kind}() is called twice in one module.`);
    this.#registered = true;
    const register = this.#env[kind] as (definition: unknown) => void;
    register(this.#resolveBehaviors(definition));
  }

  /** WeChat names its own behaviors by text. */
  #resolveBehaviors(definition: Definition): Definition {
    if (!definition?.behaviors) return definition;
    const behaviors = definition.behaviors.map((behavior) => {
      if (typeof behavior !== "string") return behavior;
      const known = this.#wechatBehaviors[behavior];
      if (!known) throw new Error(`The behavior "${behavior}" is not offered by the preview.`);
      return known;
    });
    return { ...definition, behaviors };
  }
}

/** What a tap on a navigator asks for. */
export interface NavigatorOption {
  openType: string;
  url: string;
  delta: number;
}
