import { parseArgs } from "node:util";
import { OPTIONS } from "./options.ts";

/** What is looked at of a token of {@link parseArgs}. */
interface Token {
  readonly kind: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

/** The flags given, by name. What is not a flag with a value is a problem, and the rest is read all the same. */
export function readFlags(args: readonly string[], problems: string[]): ReadonlyMap<string, string> {
  const options: Record<string, { type: "string" | "boolean"; short?: string }> = {
    help: { type: "boolean", short: "h" },
  };
  for (const option of Object.values(OPTIONS)) options[option.flag] = { type: "string" };
  const given = args.filter((arg) => arg !== "--");
  const { tokens } = parseArgs({ args: given, options, strict: false, allowPositionals: true, tokens: true });
  const flags = new Map<string, string>();
  tokens.forEach((token, i) => {
    if (token.kind === "positional") {
      // What follows a flag that could not be read was meant as its value, and is no fault of its own.
      if (lacksValue(tokens[i - 1])) return;
      problems.push(`"${token.value}" is not an option. Run with --help to see every option.`);
    } else if (token.kind === "option") {
      const { name, rawName, value } = token;
      if (name === "help") flags.set("help", "");
      else if (!Object.hasOwn(options, name)) {
        problems.push(`There is no option ${rawName}. Run with --help to see every option.`);
      } else if (value === undefined || lacksValue(token)) {
        problems.push(`${rawName} needs a value: ${rawName} <value>.`);
      } else flags.set(name, value);
    }
  });
  return flags;
}

/** Whether a token is a flag without a value, or with another flag where its value should be. */
function lacksValue(token: Token | undefined): boolean {
  if (token?.kind !== "option") return false;
  return token.value === undefined || (!token.inlineValue && token.value.startsWith("--"));
}
