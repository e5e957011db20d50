import type { CiProject, CompileOptions, MiniprogramCi, PreviewOptions, ProjectOptions } from "./miniprogram_ci.ts";

type Compiled = Record<string, string | Uint8Array>;

/** WeChat's compiler for tests: notes what it is asked and answers what the test says. */
export class FakeCi implements MiniprogramCi {
  readonly asked: { project: ProjectOptions[]; compile: CompileOptions[]; preview: PreviewOptions[] } = {
    project: [],
    compile: [],
    preview: [],
  };
  readonly BaseProject: MiniprogramCi["BaseProject"] = { prototype: {} };
  readonly DefaultProjectAttr = { setting: { MaxCodeSize: 2 } };
  readonly Project: MiniprogramCi["Project"];
  onCompile: (options: CompileOptions) => Compiled = () => ({});
  onPreview: (options: PreviewOptions) => void = () => {};
  onAttr: () => { setting: Record<string, number> } = () => ({ setting: { MaxCodeSize: 4 } });

  constructor() {
    const { asked } = this;
    const answer = () => this.onAttr();
    this.Project = class implements CiProject {
      constructor(options: ProjectOptions) {
        asked.project.push(options);
      }
      attr() {
        return Promise.resolve().then(answer);
      }
    };
  }

  getCompiledResult(options: CompileOptions): Promise<Compiled> {
    this.asked.compile.push(options);
    return Promise.resolve().then(() => this.onCompile(options));
  }

  preview(options: PreviewOptions): Promise<Record<never, never>> {
    this.asked.preview.push(options);
    return Promise.resolve().then(() => this.onPreview(options)).then(() => ({}));
  }
}
