import { writeAtomically } from "./atomic_write.ts";

/** Folders that hold what is made, not what is written. */
const SKIPPED_FOLDERS = new Set(["node_modules", "testdata", ".git"]);

/** Lists the files below `paths` that a build depends on, sorted. Tests and generated files do not count. */
export async function listInputs(
  root: string,
  paths: readonly string[],
  ignored: readonly string[],
): Promise<string[]> {
  const files: string[] = [];
  const visit = async (path: string): Promise<void> => {
    if (ignored.includes(path) || /\.(test|bench)\.ts$/.test(path)) return;
    const info = await Deno.stat(`${root}/${path}`).catch(ignoreAbsence);
    if (!info) return;
    if (info.isFile) files.push(path);
    if (!info.isDirectory) return;
    for await (const entry of Deno.readDir(`${root}/${path}`)) {
      if (!SKIPPED_FOLDERS.has(entry.name)) await visit(`${path}/${entry.name}`);
    }
  };
  for (const path of paths) await visit(path);
  return files.sort();
}

/** A fingerprint of the files' names and contents, and of `salt`. */
export async function fingerprint(root: string, files: readonly string[], salt: string): Promise<string> {
  const encoder = new TextEncoder();
  const digests = await Promise.all(files.map(async (file) => {
    const content = await Deno.readFile(`${root}/${file}`);
    return `${file}\0${await digest(content)}`;
  }));
  return await digest(encoder.encode(`${salt}\n${digests.join("\n")}`));
}

async function digest(data: Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether the stamp was written for this fingerprint and all `outputs` are still there. */
export async function isUpToDate(stampPath: string, stamp: string, outputs: readonly string[]): Promise<boolean> {
  const known = await Deno.readTextFile(stampPath).catch(ignoreAbsence);
  if (known !== stamp) return false;
  const present = await Promise.all(outputs.map((path) => Deno.stat(path).then(() => true, () => false)));
  return present.every(Boolean);
}

/** Remembers a fingerprint after a build. */
export async function writeStamp(stampPath: string, stamp: string): Promise<void> {
  await writeAtomically(stampPath, stamp);
}

function ignoreAbsence(error: unknown): undefined {
  if (error instanceof Deno.errors.NotFound) return undefined;
  throw error;
}
