const METHODS = ["debug", "log", "info", "warn", "error"] as const;

/**
 * Runs `work` with the console silent, for libraries that talk about their insides.
 *
 * @param onLine receives each line that would have been printed.
 */
export async function withMutedConsole<T>(work: () => Promise<T>, onLine: (line: string) => void): Promise<T> {
  const loud = METHODS.map((method) => [method, console[method]] as const);
  for (const method of METHODS) {
    console[method] = (...parts: unknown[]) => onLine(parts.map(String).join(" "));
  }
  try {
    return await work();
  } finally {
    for (const [method, original] of loud) console[method] = original;
  }
}
