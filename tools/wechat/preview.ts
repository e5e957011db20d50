/**
 * `deno task wechat:preview`: a QR code to scan with WeChat.
 *
 * This part needs no package. It looks for appid and key first, so that someone without them reads what to do at once
 * and not after WeChat's compiler, 276 MB, has been downloaded; then it builds, and hands over to preview_upload.ts.
 */
import { lanAddresses } from "../../server/addresses.ts";
import { previewRequest, type Surroundings, VARIABLES } from "./preview_request.ts";

export interface PreviewWorld extends Surroundings {
  print(text: string): void;
  /** Runs `deno` with these arguments and further variables; resolves with its exit code. */
  runDeno(args: readonly string[], env: Readonly<Record<string, string>>): Promise<number>;
}

/** What the upload may touch: the repository to compile it, a scratch folder, WeChat's service. */
const UPLOAD = [
  "run",
  "--quiet",
  "--no-prompt",
  "--config=tools/wechat/deno.json",
  "--allow-read",
  "--allow-write=build/wechat",
  "--allow-env",
  "--allow-sys",
  "--allow-ffi=tools/wechat/node_modules",
  "--allow-net=servicewechat.com",
  "tools/wechat/preview_upload.ts",
];

/** Resolves with the exit code: 2 when something is missing or wrong, 1 when WeChat or the build refuses. */
export async function preview(args: readonly string[], world: PreviewWorld): Promise<number> {
  const request = previewRequest(args, world);
  if ("text" in request) {
    world.print(request.text);
    return request.exitCode;
  }
  for (const task of ["build", "wechat:install"]) {
    const exitCode = await world.runDeno(["task", "--quiet", task], {});
    if (exitCode !== 0) return exitCode;
  }
  return await world.runDeno(UPLOAD, {
    [VARIABLES.appid]: request.appid,
    [VARIABLES.keyFile]: request.keyFile,
    [VARIABLES.server]: request.server,
  });
}

const DENO_WORLD: PreviewWorld = {
  env: (name) => Deno.env.get(name) || undefined,
  read: (file) => {
    try {
      return Deno.readTextFileSync(file);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  },
  lanAddresses,
  print: (text) => console.log(text),
  runDeno: async (args, env) => (await new Deno.Command("deno", { args: [...args], env }).spawn().status).code,
};

if (import.meta.main) Deno.exit(await preview(Deno.args, DENO_WORLD));
