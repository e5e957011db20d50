/** What V8 says of a text that is longer than any string may be: 512 MiB. */
const OUTSIZED = /failed to allocate string/;

/**
 * Keeps a text message of 512 MiB and more from ending the process. Deno 2.9.6 puts fragments together without a limit
 * and then fails to make a string of them, in a promise of its own that nobody can handle. Of the socket nothing is heard
 * any more after that, so Deno's idle timeout severs it.
 *
 * @param onOutsized Told of each; for the log.
 */
export function surviveOutsizedTexts(onOutsized: () => void): void {
  globalThis.addEventListener("unhandledrejection", (event) => {
    if (!(event.reason instanceof TypeError) || !OUTSIZED.test(event.reason.message)) return;
    event.preventDefault();
    onOutsized();
  });
}
