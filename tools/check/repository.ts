/** One file that git tracks. */
export interface TrackedFile {
  /** Path from the repository's root. */
  readonly path: string;
  readonly text: string;
}

/** Endings of what is not text. */
const BINARY = /\.(png|jpg|jpeg|gif|ico|webp|woff2?|ttf|zip|gz|db)$/;

/**
 * All text files that git tracks, as they stand in the work tree.
 *
 * @throws {Error} outside a git checkout: what is tracked is then not known.
 */
export async function trackedFiles(): Promise<TrackedFile[]> {
  const { success, stdout, stderr } = await new Deno.Command("git", { args: ["ls-files", "-z"] }).output();
  if (!success) {
    const reason = new TextDecoder().decode(stderr).trim();
    throw new Error(`git cannot list the files (${reason}). The checks of the repository need a git checkout`);
  }
  const paths = new TextDecoder().decode(stdout).split("\0").filter((path) => path !== "" && !BINARY.test(path));
  const files = await Promise.all(paths.map(read));
  return files.filter((file) => file !== undefined);
}

/** A tracked file may have been deleted and the deletion not committed yet. */
async function read(path: string): Promise<TrackedFile | undefined> {
  try {
    return { path, text: await Deno.readTextFile(path) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Is this a test, or something only tests use? */
export function isTest(path: string): boolean {
  return /\.test\.ts$|(^|\/)(testing|testdata)\//.test(path);
}

/** TypeScript of the product or of its tools, tests among it, generated and foreign code not. */
export function isSource(path: string): boolean {
  return /^(server|shared|miniprogram|tools)\/.*\.ts$/.test(path) && !path.includes("/testdata/");
}
