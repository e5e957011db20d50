/** Where the output goes: a terminal that is redrawn, or a stream of lines. */
export interface Terminal {
  readonly isTerminal: boolean;
  readonly hasColor: boolean;
  size(): { readonly columns: number; readonly rows: number };
  /** Returns false when nobody reads any more. */
  write(text: string): boolean;
  writeError(text: string): void;
}

/** The process's own output. */
export function processTerminal(): Terminal {
  const isTerminal = Deno.stdout.isTerminal();
  return {
    isTerminal,
    hasColor: isTerminal && !Deno.noColor,
    size: () => {
      try {
        return Deno.consoleSize();
      } catch {
        return { columns: 100, rows: 40 };
      }
    },
    write: (text) => writeAll(Deno.stdout, text),
    writeError: (text) => void writeAll(Deno.stderr, text),
  };
}

function writeAll(stream: { writeSync(bytes: Uint8Array): number }, text: string): boolean {
  const bytes = new TextEncoder().encode(text);
  try {
    for (let written = 0; written < bytes.length;) written += stream.writeSync(bytes.subarray(written));
    return true;
  } catch (error) {
    // `deno task watch | head -5` closes the pipe when it has seen enough: that is an end, not a fault.
    if (error instanceof Deno.errors.BrokenPipe) return false;
    throw error;
  }
}
