// The server uses zod/mini, which writes JSON Schema but does not read it; the whole of the same package does both.
export { fromJSONSchema } from "npm:zod@4.6.7";
