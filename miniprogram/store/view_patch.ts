/**
 * The difference of two views, in the form that `setData` takes: values by path, such as `rows[3].price`.
 *
 * `setData` sends what it is given from the logic to the screen as text, and the screen compares it with what it has. Sending
 * only what changed is most of what makes a list of moving prices cheap.
 */
export type Patch = Record<string, unknown>;

type Fields = Readonly<Record<string, unknown>>;

/**
 * What to set so that `before` becomes `after`. Views are plain: objects, arrays and values that JSON can carry.
 * Objects and arrays that are the same object are taken as unchanged. `before` missing means that everything is to be set.
 */
export function viewPatch(before: object | undefined, after: object): Patch {
  const patch: Patch = {};
  const old = (before ?? {}) as Fields;
  for (const [key, value] of Object.entries(after)) compare(patch, key, old[key], value);
  return patch;
}

function compare(patch: Patch, path: string, before: unknown, after: unknown): void {
  if (Object.is(before, after)) return;
  if (Array.isArray(before) && Array.isArray(after)) compareLists(patch, path, before, after);
  else if (isObject(before) && isObject(after) && sameKeys(before, after)) {
    for (const [key, value] of Object.entries(after)) compare(patch, `${path}.${key}`, before[key], value);
  } else patch[path] = after;
}

/** A list whose members are others, or in another order, is replaced: the screen then moves its rows by their keys. */
function compareLists(patch: Patch, path: string, before: readonly unknown[], after: readonly unknown[]): void {
  const sameMembers = before.length === after.length &&
    after.every((item, i) => identity(item) === identity(before[i]));
  if (!sameMembers) patch[path] = after;
  else after.forEach((item, i) => compare(patch, `${path}[${i}]`, before[i], item));
}

/** The key by which a template tells the members of a list apart. */
function identity(item: unknown): unknown {
  return isObject(item) ? item["symbol"] ?? item["key"] : undefined;
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sameKeys(before: Fields, after: Fields): boolean {
  const keys = Object.keys(after);
  return keys.length === Object.keys(before).length && keys.every((key) => key in before);
}
