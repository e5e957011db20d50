/** Editors write a file in several steps; a build waits until they are quiet for this long. */
const DEBOUNCE_MS = 80;

/** Calls `rebuild` after each change below `folders`, one call at a time. Never returns. */
export async function watch(root: string, folders: readonly string[], rebuild: () => Promise<unknown>): Promise<void> {
  console.log(`Watching ${folders.join(", ")}.`);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<unknown> = Promise.resolve();
  for await (const event of Deno.watchFs(folders.map((folder) => `${root}/${folder}`))) {
    if (event.kind === "access" || event.paths.every(isGenerated)) continue;
    clearTimeout(timer);
    timer = setTimeout(() => {
      // A fault that is no build error is told too, and watching goes on.
      running = running.then(rebuild).catch((error) => console.error(error));
    }, DEBOUNCE_MS);
  }
}

function isGenerated(path: string): boolean {
  return /[\\/]lib[\\/]shared\.js/.test(path) || path.endsWith(".tmp");
}
