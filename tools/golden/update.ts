/** Draws the golden pictures anew. Look at each of them before committing it. */
import { GoldenBrowser, writePicture } from "./golden_browser.ts";

const browser = await GoldenBrowser.open();
try {
  for (const name of await browser.call("names")) await writePicture(name, await browser.call("draw", name));
} finally {
  await browser.close();
}
