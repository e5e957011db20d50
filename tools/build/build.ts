import type { Artefact, WrittenFile } from "./artefact.ts";
import { fingerprint, isUpToDate, listInputs, writeStamp } from "./up_to_date.ts";

/**
 * Makes the artefacts that are out of date, in order: a later one may read what an earlier one wrote. `report` is
 * called for each file as it is written.
 *
 * @throws {BuildError} for faults in the sources.
 */
export async function build(
  root: string,
  artefacts: readonly Artefact[],
  report: (file: WrittenFile) => void,
): Promise<void> {
  for (const artefact of artefacts) {
    const stampPath = `${root}/build/.stamps/${artefact.name}`;
    const inputs = await listInputs(root, artefact.inputs, artefact.ignored);
    const buildId = await fingerprint(root, inputs, `${artefact.name} ${artefact.variant ?? ""}`);
    const outputs = artefact.outputs.map((path) => `${root}/${path}`);
    if (await isUpToDate(stampPath, buildId, outputs)) continue;
    for (const file of await artefact.make(root, buildId)) report(file);
    await writeStamp(stampPath, buildId);
  }
}

/** `miniprogram/lib/shared.js  25.1 KB` */
export function formatWritten({ path, bytes }: WrittenFile): string {
  return `${path}  ${(bytes / 1024).toFixed(1)} KB`;
}
