// The types of the generated bundle beside this file are those of its source.
export * from "../../shared/mod.ts";
