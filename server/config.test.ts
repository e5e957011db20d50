import { assert, assertEquals, assertMatch } from "@std/assert";
import { DEFAULT_LIMITS } from "../shared/mod.ts";
import { type Config, readConfig } from "./config.ts";
import { helpText, OPTIONS } from "./options.ts";

function read(args: string[] = [], env: Record<string, string> = {}) {
  return readConfig(args, (name) => env[name], () => 77);
}

function configOf(args: string[] = [], env: Record<string, string> = {}): Config {
  const result = read(args, env);
  assert(result.kind === "run", JSON.stringify(result));
  return result.config;
}

function problemsOf(args: string[], env: Record<string, string> = {}): readonly string[] {
  const result = read(args, env);
  assert(result.kind === "invalid", `${args} was taken`);
  return result.problems;
}

Deno.test("without anything given the defaults hold, and the seed is drawn", () => {
  assertEquals(configOf(), {
    host: "0.0.0.0",
    port: 8000,
    allowedOrigins: [],
    connectionsMax: 20_000,
    connectionsPerAddressMax: 20,
    memoryMibMax: 1_024,
    pacing: {
      handshakesPerSecondMax: 3_000,
      handshakesInFlightMax: 250,
      waitingHandshakesMax: 8_000,
      handshakeWaitMsMax: 5_000,
    },
    seed: 77,
    speed: 1,
    hours: "always-open",
    dataFolder: "data",
    seedIsGiven: false,
    stockCount: 420,
    historyDays: 730,
    warmUpMinutes: 95,
    feed: { record: "", replay: "", replaySpeed: 1, replayAtEnd: "close" },
    drainReturnsPerSecond: 1_000,
    drainTimeoutMs: 3_000,
    metricsAccess: "loopback",
    logLevel: "info",
    logFormat: "text",
    logOutput: "stderr",
    limits: DEFAULT_LIMITS,
  });
});

Deno.test("a flag wins over its variable, a variable over PORT, PORT over the default", () => {
  const env = { TICKWIRE_PORT: "2", PORT: "3" };
  assertEquals(configOf(["--port", "1"], env).port, 1);
  assertEquals(configOf([], env).port, 2);
  assertEquals(configOf([], { PORT: "3" }).port, 3);
});

Deno.test("a value may be joined to its flag; the last of two flags holds; a bare -- is nothing", () => {
  assertEquals(configOf(["--", "--port=5", "--port", "6"]).port, 6);
  assertEquals(configOf(["--seed=0"]).seed, 0);
  assertEquals(configOf(["--tls-cert=--odd.pem", "--tls-key=a.key"]).tls?.certFile, "--odd.pem");
});

Deno.test("every option can be given as a flag and as a variable", () => {
  for (const option of Object.values(OPTIONS)) {
    const value = option.kind === "choice" ? option.choices[0] ?? "" : option.kind === "text" ? "x" : `${option.min}`;
    const alone = `--${option.flag}`;
    for (const result of [read([alone, value]), read([], { [option.env]: value })]) {
      // Some values need another beside them; what must not happen is that the option or its value is unknown.
      const problems = result.kind === "invalid" ? result.problems : [];
      assert(!problems.some((problem) => /no option|needs a value|it must be/.test(problem)), `${alone}: ${problems}`);
    }
    assertMatch(option.env, /^TICKWIRE_[A-Z_]+$/);
    assertMatch(option.flag, /^[a-z-]+$/);
  }
});

Deno.test("limits reach the configuration under their own names", () => {
  const config = configOf(["--ack-window-frames", "9", "--rate-min-per-second", "0.25"]);
  assertEquals(config.limits, { ...DEFAULT_LIMITS, ackWindowFrames: 9, rateMinPerSecond: 0.25 });
});

Deno.test("origins and certificates are read whole", () => {
  const config = configOf([
    "--allow-origin",
    "https://a.example, https://b.example:8443,,",
    "--tls-cert",
    "certs/a.pem",
    "--tls-key=certs/a.key",
  ]);
  assertEquals(config.allowedOrigins, ["https://a.example", "https://b.example:8443"]);
  assertEquals(config.tls, { certFile: "certs/a.pem", keyFile: "certs/a.key" });
  assertEquals(configOf(["--allow-origin", "*"]).allowedOrigins, ["*"]);
});

const FAULTS: [string[], RegExp][] = [
  [["--prot", "1"], /^There is no option --prot\. .*--help/],
  [["-p", "1"], /^There is no option -p\./],
  [["--__proto__", "1"], /^There is no option --__proto__\./],
  [["serve"], /^"serve" is not an option\./],
  [["--port"], /^--port needs a value/],
  [["--port", "--host", "0.0.0.0"], /^--port needs a value/],
  [["--port", ""], /^--port \(TICKWIRE_PORT\) is "": it must be a whole number from 0 to 65535\.$/],
  [["--port", "http"], /is "http"/],
  [["--port", "80.5"], /is "80\.5"/],
  [["--port", "-1"], /is "-1"/],
  [["--port", "65536"], /is "65536"/],
  [["--port", "8000 9000"], /is "8000 9000"/],
  [["--port", "Infinity"], /is "Infinity"/],
  [["--speed", "NaN"], /^--speed \(TICKWIRE_SPEED\) is "NaN": it must be a number from 0\.1 to 600\.$/],
  [["--speed", "0"], /is "0"/],
  [["--seed", "random"], /is "random"/],
  [["--seed", "4294967296"], /from 0 to 4294967295/],
  [["--drain-timeout-ms", "3s"], /is "3s": it must be a whole number from 0 to 600000 ms\.$/],
  [["--log-level", "loud"], /is "loud": it must be one of debug, info, warning, error\.$/],
  [["--log-format", "JSON"], /one of text, json/],
  [["--tls-cert", "a.pem"], /go together/],
  [["--tls-key", "a.key"], /go together/],
  [
    ["--allow-origin", "quotes.example.com"],
    /^--allow-origin has "quotes\.example\.com": an origin is a scheme and a host/,
  ],
  [["--allow-origin", "https://a.example/"], /has "https:\/\/a\.example\/"/],
  [["--rate-min-per-second", "20"], /no rate between them/],
  [["--silent-timeout-ms", "4000"], /asked before it is closed as silent/],
  [["--heartbeat-interval-ms", "30000", "--silent-timeout-ms", "60000"], /asked before it is closed as slow/],
];
for (const [args, expected] of FAULTS) {
  Deno.test(`${args.join(" ")} is refused in words`, () => {
    const problems = problemsOf(args);
    assertEquals(problems.length, 1, problems.join("\n"));
    assertMatch(problems[0] ?? "", expected);
  });
}

Deno.test("every fault is told, those of flags, of variables and of both together", () => {
  const problems = problemsOf(["--prot", "1", "--port", "x", "extra", "--tls-key", "k"], {
    TICKWIRE_SPEED: "fast",
    TICKWIRE_LOG_FORMAT: "xml",
  });
  assertEquals(problems.length, 6, problems.join("\n"));
});

Deno.test("a fault in a variable names the variable", () => {
  assertMatch(problemsOf([], { TICKWIRE_SEED: "x" })[0] ?? "", /TICKWIRE_SEED/);
});

for (const args of [["--help"], ["-h"], ["--port", "x", "--help"], ["--nonsense", "--help"]]) {
  Deno.test(`${args.join(" ")} asks for help, whatever else is wrong`, () => assertEquals(read(args).kind, "help"));
}

Deno.test("the help names every option with its default, its unit and what may be chosen", () => {
  const help = helpText();
  for (const option of Object.values(OPTIONS)) {
    const line = help.split("\n").find((text) => text.trimStart().startsWith(`--${option.flag} `)) ?? "";
    assert(line.includes(option.help), `--${option.flag} is not in the help`);
    if (option.default !== "") assert(line.includes(`[${option.default}`), line);
    if (option.kind === "choice") { for (const choice of option.choices) assert(line.includes(choice), line); }
  }
  assertMatch(help, /--help/);
});
