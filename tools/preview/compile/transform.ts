import { type Loader, transformSync } from "esbuild";

/** Language level of mini-program code: what the oldest supported phones run. */
const TARGET = "es2018";

/** A syntax error. */
export interface SyntaxFault {
  /** Without a full stop. */
  text: string;
  /** Counted from 1. */
  line: number | undefined;
}

/** Transforms one file to a CommonJS module, or says what is wrong with it. */
export function transform(text: string, file: string, loader: Loader): { code: string; faults: SyntaxFault[] } {
  try {
    const options = { loader, format: "cjs", target: TARGET, sourcefile: file, logLevel: "silent" } as const;
    return { code: transformSync(text, options).code, faults: [] };
  } catch (error) {
    if (!(error instanceof Error && "errors" in error && Array.isArray(error.errors))) throw error;
    const errors = error.errors as { text: string; location: { line: number } | null }[];
    return { code: "", faults: errors.map(({ text, location }) => ({ text, line: location?.line })) };
  }
}
