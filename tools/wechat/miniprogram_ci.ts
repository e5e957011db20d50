import { createRequire } from "node:module";
import process from "node:process";
import { Worker, type WorkerOptions } from "node:worker_threads";

/** What WeChat's servers say about an appid. The compiler only reads limits from it and hands it through. */
export interface ProjectAttributes {
  readonly setting: Readonly<Record<string, number>>;
}

export interface CiProject {
  attr(): Promise<ProjectAttributes>;
}

export interface ProjectOptions {
  readonly appid: string;
  readonly type: "miniProgram";
  /** The folder of project.config.json, absolute. */
  readonly projectPath: string;
  /** PEM text of the upload key. */
  readonly privateKey: string;
  /** Globs, relative to projectPath, of what the compiler need not look at. */
  readonly ignores: readonly string[];
}

export interface Progress {
  readonly status: string;
  readonly message: string;
}

export interface CompileOptions {
  readonly project: CiProject;
  readonly version: string;
  readonly desc: string;
  readonly setting: { readonly useProjectConfig: true; readonly minifyWXML: true; readonly minifyWXSS: true };
  readonly onProgressUpdate: (progress: Progress | string) => void;
}

export interface PreviewOptions extends CompileOptions {
  readonly qrcodeFormat: "base64" | "image";
  readonly qrcodeOutputDest: string;
  /** Query that the mini-program finds in its launch options, as `name=value&…`, values percent-encoded. */
  readonly searchQuery: string;
}

/** The part of the package miniprogram-ci 2.1.42 that Tickwire uses. */
export interface MiniprogramCi {
  readonly Project: new (options: ProjectOptions) => CiProject;
  readonly BaseProject: { readonly prototype: { attrSync?: () => ProjectAttributes } };
  readonly DefaultProjectAttr: ProjectAttributes;
  /** Compiled files by their path below miniprogramRoot. */
  getCompiledResult(options: CompileOptions): Promise<Record<string, string | Uint8Array>>;
  preview(options: PreviewOptions): Promise<{ readonly subPackageInfo?: readonly { name: string; size: number }[] }>;
}

const requireFromHere = createRequire(import.meta.url);

/**
 * Loads WeChat's compiler from tools/wechat/node_modules.
 *
 * Left to itself the compiler starts a child process, and Deno gives a Node-style child every permission. The switch
 * `BUILD_SERVER`, made for WeChat's own build machines, keeps the work in this process, where the task's permissions
 * hold: compiling has no network at all. The cost is a compiler that serves one project per process.
 */
export function loadMiniprogramCi(): MiniprogramCi {
  process.env.BUILD_SERVER = "1";
  // One of its 977 packages still uses Node's punycode, about which only its authors can do something.
  Object.assign(process, { noDeprecation: true });
  muteWorkers();
  return requireFromHere("miniprogram-ci");
}

/** The compiler's threads print their progress; muting this process's console does not reach them. */
function muteWorkers(): void {
  const threads: { Worker: typeof Worker } = requireFromHere("node:worker_threads");
  threads.Worker = class extends Worker {
    constructor(file: string | URL, options: WorkerOptions = {}) {
      const mute = "for (const method of ['debug', 'log', 'info', 'warn', 'error']) console[method] = () => {};";
      super(`${mute} require(${JSON.stringify(String(file))});`, { ...options, eval: true });
    }
  };
}

/** Draws a QR code that WeChat sent as a picture, base64, with characters. */
export function terminalQrCode(pictureBase64: string): Promise<string> {
  const drawer: { generateTerminalQrcode(picture: string): Promise<string> } = requireFromHere(
    "miniprogram-ci/dist/ci/utils/terminalQrcode",
  );
  return drawer.generateTerminalQrcode(pictureBase64);
}

/** Answers questions about the appid with `attributes` in the part of the compiler that cannot wait for a promise. */
export function answerAttributes(ci: MiniprogramCi, project: CiProject, attributes: ProjectAttributes): void {
  project.attr = () => Promise.resolve(attributes);
  ci.BaseProject.prototype.attrSync = () => attributes;
}

/**
 * Settings of project.config.json, but templates and styles always made small: only on the way there does the compiler
 * parse a template, and without it a wrong end tag reaches the phone.
 */
export const COMPILE_SETTING: CompileOptions["setting"] = {
  useProjectConfig: true,
  minifyWXML: true,
  minifyWXSS: true,
};

/** What the compiler need not look at below the repository's root: all but miniprogram/ and project.config.json. */
export const IGNORED_GLOBS: readonly string[] = [
  "build/**",
  "certs/**",
  "docs/**",
  "server/**",
  "shared/**",
  "tools/**",
  "node_modules/**",
  "miniprogram/**/*.test.ts",
];
