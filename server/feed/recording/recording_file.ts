/** Recordings on the disk. Reading and writing wait for the disk: a chunk is small, and the system takes it into its cache. */
import { dirname } from "node:path";
import type { RecordingSource } from "./chunks.ts";
import { RecordingError } from "./header.ts";
import { Recording } from "./recording.ts";
import type { RecordingTarget } from "./recording_writer.ts";

/**
 * Makes a new file to record into, and its folder where there is none.
 *
 * @throws RecordingError when there is one of that name, for a recording is never overwritten, or none can be made.
 */
export function createRecordingFile(path: string): RecordingTarget {
  const file = opened(path, () => created(path));
  const made = file.statSync();
  let open = true;
  return {
    name: path,
    write(bytes) {
      for (let done = 0; done < bytes.length;) done += file.writeSync(bytes.subarray(done));
    },
    verify() {
      // Bytes written into a file that was deleted or replaced go nowhere, without any error.
      if (!isStill(path, made)) throw new Error("the file was removed or replaced");
    },
    close() {
      if (open) file.close();
      open = false;
    },
  };
}

/** @throws RecordingError when there is no such file, or it cannot be read. */
export function openRecordingFile(path: string): RecordingSource {
  const file = opened(path, () => Deno.openSync(path, { read: true }));
  if (!file.statSync().isFile) {
    file.close();
    throw new RecordingError(`${path} is not a file: name a recording that --record has made.`);
  }
  let open = true;
  return {
    name: path,
    read(offset, length) {
      const left = file.statSync().size - offset;
      const bytes = new Uint8Array(Math.max(0, Math.min(length, left)));
      file.seekSync(offset, Deno.SeekMode.Start);
      let done = 0;
      while (done < bytes.length) {
        const count = file.readSync(bytes.subarray(done));
        if (!count) break;
        done += count;
      }
      return bytes.subarray(0, done);
    },
    close() {
      if (open) file.close();
      open = false;
    },
  };
}

function created(path: string): Deno.FsFile {
  const options = { write: true, createNew: true };
  try {
    return Deno.openSync(path, options);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) Deno.mkdirSync(dirname(path), { recursive: true });
    // A server that failed to start, for want of its port perhaps, leaves a header behind, which must not bar the next.
    else if (error instanceof Deno.errors.AlreadyExists && isBare(path)) Deno.removeSync(path);
    else throw error;
    return Deno.openSync(path, options);
  }
}

/** Whether there is a recording with a header and nothing else. */
function isBare(path: string): boolean {
  let source: RecordingSource | undefined;
  try {
    source = openRecordingFile(path);
    return new Recording(source).bare;
  } catch {
    return false;
  } finally {
    source?.close();
  }
}

function opened(path: string, open: () => Deno.FsFile): Deno.FsFile {
  try {
    return open();
  } catch (error) {
    throw new RecordingError(`${path} ${whyNot(error)}`);
  }
}

function whyNot(error: unknown): string {
  if (error instanceof Deno.errors.AlreadyExists) {
    return "is there already, and a recording is never overwritten: name another file.";
  }
  if (error instanceof Deno.errors.NotFound) return "cannot be opened: there is no such file.";
  if (error instanceof Deno.errors.NotCapable) {
    return "cannot be opened: Deno gives this server no access to it. Name a file in a folder for which it was started " +
      "with --allow-read and --allow-write (see the task `start` in deno.json).";
  }
  return `cannot be opened: ${error instanceof Error ? error.message : error}.`;
}

function isStill(path: string, made: Deno.FileInfo): boolean {
  try {
    const found = Deno.statSync(path);
    return found.ino === made.ino && found.dev === made.dev;
  } catch (error) {
    // A folder that may be written but not read cannot be looked into; then writing itself is all there is to go by.
    return !(error instanceof Deno.errors.NotFound);
  }
}
