/** The files of a mini-program, by path relative to its root with forward slashes. */
export interface Source {
  has(path: string): boolean;
  /** @throws {Error} where the file does not exist. */
  read(path: string): string;
}

/** A mini-program held in memory, for tests. */
export function memorySource(files: Record<string, string>): Source {
  return {
    has: (path) => path in files,
    read: (path) => {
      const text = files[path];
      if (text === undefined) throw new Error(`${path} does not exist`);
      return text;
    },
  };
}

/** A mini-program on disk. Each file is read once. */
export function diskSource(root: string): Source {
  const texts = new Map<string, string | null>();
  const load = (path: string): string | null => {
    const known = texts.get(path);
    if (known !== undefined) return known;
    let text: string | null = null;
    try {
      text = Deno.readTextFileSync(`${root}/${path}`);
    } catch (error) {
      const isAbsent = error instanceof Deno.errors.NotFound || error instanceof Deno.errors.IsADirectory ||
        error instanceof Deno.errors.NotADirectory;
      if (!isAbsent) throw error;
    }
    texts.set(path, text);
    return text;
  };
  return {
    has: (path) => load(path) !== null,
    read: (path) => {
      const text = load(path);
      if (text === null) throw new Error(`${root}/${path} does not exist`);
      return text;
    },
  };
}

/**
 * Resolves a path written in `from`: absolute ones start at the root, others at the folder of `from`.
 *
 * @returns the path relative to the root, or null where it leaves the root.
 */
export function resolvePath(from: string, path: string): string | null {
  const parts = path.startsWith("/") ? [] : from.split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}
