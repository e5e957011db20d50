// The root configuration maps "fast-check" to this file so that an editor resolves it in tests, while
// `deno task start`, which installs whatever the root import map names, never downloads a test library.
// The tests themselves run with tools/deno.json, which maps the name to the package directly.
export * from "npm:fast-check@4.10.2";
export { default } from "npm:fast-check@4.10.2";
