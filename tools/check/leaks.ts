import type { TrackedFile } from "./repository.ts";

interface Leak {
  readonly pattern: RegExp;
  readonly what: string;
}

// The patterns are written so that they do not find themselves.
const EVERYWHERE: readonly Leak[] = [
  {
    pattern: /(?<![\w.~-])\/(?:home|Users|root|work|workspace|mnt|tmp\/[\w-]+)\/[\w.-]+/,
    what: "a path of somebody's machine",
  },
  {
    pattern: /https?:\/\/[\w.-]*(?:registry|mirror|artifactory|nexus|proxy)[\w-]*\.[\w.-]+/i,
    what: "the address of a package registry: which one to use is the reader's setting",
  },
  { pattern: /-----BEGIN (?:RSA |EC )?PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40}/, what: "a private key" },
];

const IN_LOCKS: readonly Leak[] = [
  { pattern: /https?:\/\//, what: "an address: a lock file names packages and their hashes, wherever they come from" },
];

/** Ways around the type checker; `any` itself is found by `deno lint`, as long as nobody turns that off. */
const IN_TYPESCRIPT: readonly Leak[] = [
  { pattern: /@ts-(?:ignore|nocheck|expect-error)/, what: "a way around the type checker" },
  { pattern: /deno-lint-ignore(?:-file)?\s*$/m, what: "all lint rules turned off instead of the one that is meant" },
  { pattern: /deno-lint-ignore(?:-file)?\b[^\n]*no-explicit-an[y]/, what: "a way around the ban of any" },
  { pattern: /\bDeno\.test\.(?:only|ignore)\b|\bignore:\s*true\b|\bonly:\s*true\b/, what: "a test that is not run" },
];

/** What must not be in any file, as `file:line: what`. */
export function leaks(files: readonly TrackedFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    patternsFor(path).flatMap(({ pattern, what }) => {
      const index = text.search(pattern);
      return index < 0 ? [] : [`${path}:${text.slice(0, index).split("\n").length}: ${what}`];
    })
  );
}

function patternsFor(path: string): readonly Leak[] {
  if (path.endsWith("deno.lock")) return [...EVERYWHERE, ...IN_LOCKS];
  return path.endsWith(".ts") ? [...EVERYWHERE, ...IN_TYPESCRIPT] : EVERYWHERE;
}
