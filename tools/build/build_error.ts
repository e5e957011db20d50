/** A build that failed because of the sources: its message is for their author, without a stack. */
export class BuildError extends Error {
  override name = "BuildError";

  /** `faults`: one line each, with file, line, what is wrong and what to do. */
  constructor(readonly faults: readonly string[]) {
    super(faults.join("\n"));
  }
}
