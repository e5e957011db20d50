/** A file that a build wrote. */
export interface WrittenFile {
  /** Relative to the repository's root. */
  path: string;
  bytes: number;
}

/** Something the build makes, and what it is made of. */
export interface Artefact {
  /** Names the stamp file; artefacts with the same outputs must have the same. */
  name: string;
  /** Tells apart what can be made of the same inputs. */
  variant?: string;
  /** Files and folders, relative to the repository's root. */
  inputs: readonly string[];
  /** Inputs below {@link inputs} that do not count, being generated. */
  ignored: readonly string[];
  /** Files that must exist for the artefact to be up to date. */
  outputs: readonly string[];
  /** Makes it. `buildId` is the fingerprint of the inputs. */
  make(root: string, buildId: string): Promise<WrittenFile[]>;
}
