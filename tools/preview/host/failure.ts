/// <reference lib="dom" />
import { byId } from "./phone.ts";

/** Tells the visitor that the mini-program could not be started, in place of a blank screen. */
export function showFailure(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const note = document.createElement("p");
  note.className = "failure";
  note.textContent = `小程序无法启动。\nThe mini-program cannot start.\n\n${message}`;
  byId("pages").replaceChildren(note);
}
