import { eTag, ifNoneMatch } from "@std/http/etag";
import { STATUS_CODE } from "@std/http/status";

/** By extension. What is not listed is not served. */
const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ["html", "text/html; charset=utf-8"],
  ["js", "text/javascript; charset=utf-8"],
  ["css", "text/css; charset=utf-8"],
  ["json", "application/json; charset=utf-8"],
  ["map", "application/json; charset=utf-8"],
  ["svg", "image/svg+xml"],
  ["png", "image/png"],
  ["txt", "text/plain; charset=utf-8"],
]);

/** Longest path that is looked up; file systems refuse names beyond 255. */
const PATH_LENGTH_MAX = 200;

/**
 * Serves the files of one folder, nothing above it and nothing hidden, each with an ETag so that a reload costs a 304.
 *
 * @param folder The folder, without a slash at its end.
 * @param headers Sent with every file.
 * @param pathname The file, as a path from the folder's root. @default the request's own
 * @returns The answer, or `undefined` where there is no such file.
 */
export async function serveFile(
  folder: string,
  request: Request,
  headers: Readonly<Record<string, string>>,
  pathname = new URL(request.url).pathname,
): Promise<Response | undefined> {
  const name = pathname === "/" ? "index.html" : pathname.slice(1);
  const contentType = CONTENT_TYPES.get(name.slice(name.lastIndexOf(".") + 1));
  if (!isPlainPath(name) || contentType === undefined) return undefined;
  const body = await readFile(`${folder}/${name}`);
  if (!body) return undefined;
  const etag = await eTag(body) ?? "";
  const common = { etag, "cache-control": "no-cache", "x-content-type-options": "nosniff", ...headers };
  if (!ifNoneMatch(request.headers.get("if-none-match"), etag)) {
    return new Response(null, { status: STATUS_CODE.NotModified, headers: common });
  }
  const full = { ...common, "content-type": contentType, "content-length": String(body.length) };
  return new Response(request.method === "HEAD" ? null : body, { headers: full });
}

/** Letters, digits, dot, dash, underscore in each part, and no part that starts with a dot: no way up, nothing hidden. */
function isPlainPath(name: string): boolean {
  return name.length <= PATH_LENGTH_MAX && name.split("/").every((part) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(part));
}

/** What Deno says of a path that names no file: nothing there, a folder, or a file where a folder would have to be. */
const NO_SUCH_FILE = [Deno.errors.NotFound, Deno.errors.IsADirectory, Deno.errors.NotADirectory];

async function readFile(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (NO_SUCH_FILE.some((kind) => error instanceof kind)) return undefined;
    throw error;
  }
}
