/// <reference lib="dom" />

const POLL_INTERVAL_MS = 1_000;

/** In development: loads the page anew once the build on the server is another than this one. */
export function reloadOnNewBuild(ownId: string): void {
  globalThis.setInterval(async () => {
    try {
      const response = await fetch("build_id", { cache: "no-store" });
      const current = response.ok ? (await response.text()).trim() : ownId;
      if (current !== "" && current !== ownId) globalThis.location.reload();
    } catch {
      // The server is being restarted; the next poll will reach it.
    }
  }, POLL_INTERVAL_MS);
}
