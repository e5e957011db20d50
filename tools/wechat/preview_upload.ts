/**
 * The part of `deno task wechat:preview` that needs WeChat's compiler: compiles, uploads the preview and draws the
 * code. preview.ts has checked appid, key and server before.
 */
import { refusalText, scanHint } from "./guide.ts";
import {
  answerAttributes,
  COMPILE_SETTING,
  IGNORED_GLOBS,
  loadMiniprogramCi,
  type MiniprogramCi,
  terminalQrCode,
} from "./miniprogram_ci.ts";
import { withMutedConsole } from "./muted_console.ts";
import { type PreviewRequest, VARIABLES } from "./preview_request.ts";

export interface UploadWorld {
  readonly ci: MiniprogramCi;
  /** Folder of project.config.json, absolute. */
  readonly projectPath: string;
  /** File to which WeChat's picture of the code is written. */
  readonly picture: string;
  readText(file: string): string;
  readBytes(file: string): Uint8Array;
  drawQrCode(pictureBase64: string): Promise<string>;
  print(text: string): void;
}

/** Resolves with the exit code: 0, or 1 when WeChat does not accept the upload. The key is never printed. */
export async function uploadPreview(request: PreviewRequest, world: UploadWorld): Promise<number> {
  const privateKey = world.readText(request.keyFile);
  try {
    await withMutedConsole(() => upload(request, privateKey, world), () => {});
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    world.print(refusalText(withoutKey(reason, privateKey)));
    return 1;
  }
  world.print(await drawn(world));
  world.print(scanHint(request.server, world.picture));
  return 0;
}

async function upload(request: PreviewRequest, privateKey: string, world: UploadWorld): Promise<void> {
  const { ci, projectPath, picture } = world;
  const { appid, server } = request;
  const project = new ci.Project({ appid, type: "miniProgram", projectPath, privateKey, ignores: IGNORED_GLOBS });
  answerAttributes(ci, project, await project.attr());
  await ci.preview({
    project,
    version: "0.0.0",
    desc: "Tickwire preview",
    setting: COMPILE_SETTING,
    onProgressUpdate: () => {},
    qrcodeFormat: "image",
    qrcodeOutputDest: picture,
    searchQuery: `server=${encodeURIComponent(server)}`,
  });
}

/** The code as characters; a terminal or picture that cannot be drawn is no failure, the picture is there. */
async function drawn(world: UploadWorld): Promise<string> {
  try {
    return await world.drawQrCode(world.readBytes(world.picture).toBase64());
  } catch {
    return `二维码无法在终端显示，请打开图片 ${world.picture}\nThe code cannot be drawn here; open ${world.picture}`;
  }
}

/** WeChat's service quotes what it was sent, so every line of the key is blotted out. */
function withoutKey(text: string, key: string): string {
  const lines = key.split("\n").map((line) => line.trim()).filter((line) => line.length >= 16);
  return lines.reduce((rest, line) => rest.replaceAll(line, "…"), text);
}

async function main(): Promise<number> {
  const request: PreviewRequest = {
    appid: variable(VARIABLES.appid),
    keyFile: variable(VARIABLES.keyFile),
    server: variable(VARIABLES.server),
  };
  const projectPath = Deno.cwd();
  const keyFile = Deno.realPathSync(request.keyFile);
  Deno.mkdirSync("build/wechat", { recursive: true });
  Deno.chdir("build/wechat"); // The compiler leaves a cache folder in the working directory.
  return await uploadPreview({ ...request, keyFile }, {
    ci: await withMutedConsole(() => Promise.resolve(loadMiniprogramCi()), () => {}),
    projectPath,
    picture: `${projectPath}/build/wechat/preview.jpg`,
    readText: Deno.readTextFileSync,
    readBytes: Deno.readFileSync,
    drawQrCode: terminalQrCode,
    print: (text) => console.log(text),
  });
}

function variable(name: string): string {
  const value = Deno.env.get(name);
  if (value === undefined) throw new Error(`${name} is not set: run "deno task wechat:preview"`);
  return value;
}

// The compiler's worker threads would keep the process alive.
if (import.meta.main) Deno.exit(await main());
