import { systemClock } from "../../shared/mod.ts";
import { fetchPollTransport } from "./fetch_poll_transport.ts";
import { HELP, parseOptions } from "./options.ts";
import { processTerminal } from "./terminal.ts";
import { startWatch } from "./watch.ts";
import { webSocketTransport } from "./web_socket_transport.ts";

/** Longest time that a server may take to answer the close, in milliseconds. */
const CLOSE_WAIT_MS = 1_000;

async function main(args: readonly string[]): Promise<number> {
  const parsed = parseOptions(args);
  if (parsed.kind === "help") {
    console.log(HELP);
    return 0;
  }
  if (parsed.kind === "invalid") {
    parsed.problems.forEach((problem) => console.error(`watch: ${problem}`));
    console.error("watch: --help shows what is understood.");
    return 2;
  }
  const terminal = processTerminal();
  const { options } = parsed;
  const watch = startWatch({
    options,
    transport: webSocketTransport,
    pollTransport: fetchPollTransport,
    clock: systemClock,
    random: Math.random,
    terminal,
  });
  // An interrupt is the ordinary way to end this program, so it ends well whatever was seen.
  let wasInterrupted = false;
  const interrupt = () => {
    wasInterrupted = true;
    watch.stop();
  };
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT", "SIGBREAK"] : ["SIGINT", "SIGTERM"];
  signals.forEach((signal) => Deno.addSignalListener(signal, interrupt));
  const code = await watch.done;
  signals.forEach((signal) => Deno.removeSignalListener(signal, interrupt));
  return wasInterrupted ? 0 : code;
}

if (import.meta.main) {
  const code = await main(Deno.args);
  Deno.exitCode = code;
  // The process ends by itself once the server has answered the close; a server that does not answer is not waited for.
  Deno.unrefTimer(setTimeout(() => Deno.exit(code), CLOSE_WAIT_MS));
}
