import { bundle } from "../build/bundler.ts";

/** A page's script, with the charts in it, to be run by a real browser. @param entry From the repository's root */
export async function bundlePage(entry: string): Promise<string> {
  const script = await bundle({
    absWorkingDir: new URL("../..", import.meta.url).pathname,
    entryPoints: [entry],
    format: "iife",
    target: "es2022",
  });
  return new TextDecoder().decode(script);
}
