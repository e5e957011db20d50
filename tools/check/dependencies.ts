/** The part of a deno.json that says what comes from where. */
export interface Configuration {
  /** Path from the repository's root. */
  readonly path: string;
  readonly imports: Readonly<Record<string, string>>;
}

export function parseConfiguration(path: string, text: string): Configuration {
  const { imports = {} }: { imports?: Record<string, string> } = JSON.parse(text);
  return { path, imports };
}

/** `npm:@scope/name@1.2.3/sub/path`: name and version. */
const PINNED = /^npm:((?:@[\w.-]+\/)?[\w.-]+)@(\d+\.\d+\.\d+(?:-[\w.]+)?)(?:\/.*)?$/;

/** Imports that are neither a file of the repository nor one exact version of a package, as `file: what`. */
export function notPinned({ path, imports }: Configuration): string[] {
  return Object.entries(imports)
    .filter(([, target]) => !target.startsWith(".") && !PINNED.test(target))
    .map(([name, target]) => `${path}: "${name}" is "${target}", which is not one exact version from npm`);
}

/** Names of the packages a configuration takes from npm, sorted. */
export function packagesOf({ imports }: Configuration): string[] {
  const names = Object.values(imports).map((target) => PINNED.exec(target)?.[1]).filter((name) => name !== undefined);
  return [...new Set(names)].sort();
}

/** Imports that two configurations take from npm in two versions, as `file: what`. */
export function disagreements(one: Configuration, other: Configuration): string[] {
  return Object.entries(one.imports).flatMap(([name, target]) => {
    const otherTarget = other.imports[name];
    const isShared = target.startsWith("npm:") && otherTarget?.startsWith("npm:");
    return !isShared || otherTarget === target
      ? []
      : [`${other.path}: "${name}" is "${otherTarget}", but in ${one.path} "${target}"`];
  });
}

/**
 * What a lock file names without its configuration asking for it. Deno installs everything a lock file names, so a
 * forgotten entry is a download at every first start.
 */
export function strayLocks(configuration: Configuration, lockPath: string, lockText: string): string[] {
  const { specifiers = {} }: { specifiers?: Record<string, string> } = JSON.parse(lockText);
  const wanted = new Set(
    Object.values(configuration.imports).map((target) => target.replace(/^(npm:@?[^@]+@[^/]+).*/, "$1")),
  );
  return Object.keys(specifiers)
    .filter((specifier) => !wanted.has(specifier))
    .map((specifier) => `${lockPath}: names ${specifier}, which ${configuration.path} does not ask for`);
}

/**
 * Packages that a README does not explain: each needs a row of a table that begins with its name in backquotes, and says
 * why it is here.
 */
export function unexplained(packages: readonly string[], readme: string): string[] {
  const rows = readme.split("\n").filter((line) => /^\|.*\|\s*$/.test(line));
  return packages.filter((name) => !rows.some((row) => explains(row, name)));
}

function explains(row: string, name: string): boolean {
  const [first = "", ...rest] = row.split("|").slice(1, -1).map((cell) => cell.trim());
  return first.includes(`\`${name}\``) && rest.some((cell) => cell.length > 0);
}
