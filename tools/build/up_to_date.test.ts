import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { writeAtomically } from "./atomic_write.ts";
import { fingerprint, isUpToDate, listInputs, writeStamp } from "./up_to_date.ts";

async function withFolder(run: (root: string) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    await run(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("inputs are the files that are written by hand, sorted", () =>
  withFolder(async (root) => {
    for (const path of ["b/z.ts", "b/a.ts", "b/a.test.ts", "b/node_modules/x/y.ts", "b/testdata/x.ts", "lone.json"]) {
      await writeAtomically(`${root}/${path}`, "1");
    }
    const inputs = await listInputs(root, ["lone.json", "b", "absent"], ["b/z.ts"]);
    assertEquals(inputs, ["b/a.ts", "lone.json"]);
  }));

Deno.test("the fingerprint changes with a content, a name and the salt, and not otherwise", () =>
  withFolder(async (root) => {
    await writeAtomically(`${root}/a`, "1");
    await writeAtomically(`${root}/b`, "1");
    const first = await fingerprint(root, ["a"], "salt");
    assertEquals(await fingerprint(root, ["a"], "salt"), first);
    assertNotEquals(await fingerprint(root, ["b"], "salt"), first);
    assertNotEquals(await fingerprint(root, ["a"], "pepper"), first);
    await writeAtomically(`${root}/a`, "2");
    assertNotEquals(await fingerprint(root, ["a"], "salt"), first);
  }));

Deno.test("an artefact is up to date only with its stamp and all its outputs", () =>
  withFolder(async (root) => {
    const stamp = `${root}/stamps/x`;
    const output = `${root}/out.js`;
    assertEquals(await isUpToDate(stamp, "1", []), false);
    await writeStamp(stamp, "1");
    assertEquals(await isUpToDate(stamp, "1", [output]), false);
    await writeAtomically(output, "");
    assertEquals(await isUpToDate(stamp, "1", [output]), true);
    assertEquals(await isUpToDate(stamp, "2", [output]), false);
  }));

Deno.test("an atomic write replaces a file and leaves nothing else behind", () =>
  withFolder(async (root) => {
    await writeAtomically(`${root}/a/b/c.txt`, "1");
    await writeAtomically(`${root}/a/b/c.txt`, new Uint8Array([50]));
    assertEquals(await Deno.readTextFile(`${root}/a/b/c.txt`), "2");
    const names = (await Array.fromAsync(Deno.readDir(`${root}/a/b`))).map(({ name }) => name);
    assertEquals(names, ["c.txt"]);
  }));

Deno.test("an atomic write that fails leaves the old file and no temporary one", () =>
  withFolder(async (root) => {
    await Deno.mkdir(`${root}/taken`);
    const failed = await writeAtomically(`${root}/taken`, "1").then(() => false, () => true);
    assert(failed, "a folder cannot be replaced by a file");
    const names = (await Array.fromAsync(Deno.readDir(root))).map(({ name }) => name);
    assertEquals(names, ["taken"]);
  }));
