import { createRequire } from "node:module";
import process from "node:process";

/** A package of this folder's own deno.json, wherever the program that asks for it was built to. */
export function nodePackage<T>(name: string): T {
  const folder = process.env["FANOUT_PEERS_FOLDER"];
  if (!folder) throw new Error("FANOUT_PEERS_FOLDER must name the folder that holds the peers' node_modules");
  return createRequire(`${folder}/`)(name);
}

/** Of Node's HTTP server, what the peers use. */
export { createServer } from "node:http";
