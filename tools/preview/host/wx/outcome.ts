/// <reference lib="dom" />
// Most wx functions report through success, fail and complete, or return a promise where none of these is given.

/** The callbacks an option object may carry. */
export interface Callbacks {
  success?: (result: never) => void;
  fail?: (result: never) => void;
  complete?: (result: never) => void;
}

type Handler = ((result: object) => void) | undefined;

/**
 * Makes a wx function of `work`. What `work` returns becomes the result, what it throws the failure:
 * `{ errMsg: "name:fail reason" }`.
 */
export function outcome<Option extends object>(
  name: string,
  work: (option: Option) => object | void | Promise<object | void>,
): (option?: Option & Callbacks) => Promise<object> | undefined {
  return (option) => {
    const { success, fail, complete } = (option ?? {}) as Callbacks;
    const job = run(name, () => work((option ?? {}) as Option));
    if (!success && !fail && !complete) return job;
    job.then(
      (result) => report(success as Handler, complete as Handler, result),
      (failure) => report(fail as Handler, complete as Handler, failure),
    );
    return undefined;
  };
}

async function run(name: string, work: () => object | void | Promise<object | void>): Promise<object> {
  try {
    return { errMsg: `${name}:ok`, ...await work() };
  } catch (error) {
    throw { errMsg: `${name}:fail ${error instanceof Error ? error.message : String(error)}` };
  }
}

function report(first: Handler, second: Handler, result: object): void {
  // An error in a callback is the mini-program's own; it must not turn a success into a failure.
  for (const handler of [first, second]) if (handler) setTimeout(() => handler(result), 0);
}
