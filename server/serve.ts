import type { Config } from "./config.ts";
import { Listener, type ListenerOptions } from "./http/listener.ts";

type Invalid = { readonly kind: "invalid"; readonly problems: readonly string[] };
export type TlsResult =
  | { readonly kind: "ok"; readonly keys?: { readonly cert: string; readonly key: string } }
  | Invalid;
export type ServeResult = { readonly kind: "ok"; readonly listener: Listener } | Invalid;

/** Reads the certificate and its key. A file that cannot be read is a fault of the configuration, said in words. */
export async function readTls(tls: Config["tls"]): Promise<TlsResult> {
  if (!tls) return { kind: "ok" };
  const problems: string[] = [];
  const read = async (flag: string, file: string) => {
    try {
      return await Deno.readTextFile(file);
    } catch (error) {
      problems.push(`--${flag}: ${file} cannot be read: ${readFault(error)}`);
      return "";
    }
  };
  const keys = { cert: await read("tls-cert", tls.certFile), key: await read("tls-key", tls.keyFile) };
  return problems.length > 0 ? { kind: "invalid", problems } : { kind: "ok", keys };
}

function readFault(error: unknown): string {
  if (error instanceof Deno.errors.NotCapable) {
    return "`deno task start` may read the folder certs/ only; put the file there.";
  }
  return error instanceof Deno.errors.NotFound ? "there is no such file." : String(error);
}

/** Starts to listen. A port that is taken, or a host that is not this machine's, is reported, not thrown. */
export function serve(options: ListenerOptions): ServeResult {
  try {
    return { kind: "ok", listener: new Listener(options) };
  } catch (error) {
    return { kind: "invalid", problems: [serveFault(error, options, options.keys !== undefined)] };
  }
}

function serveFault(error: unknown, { host, port }: Pick<Config, "host" | "port">, secure: boolean): string {
  const fault = listenFault(error);
  if (fault !== undefined) return `Cannot listen on ${host}:${port}: ${fault}`;
  const text = error instanceof Error ? error.message : String(error);
  // What is wrong within a PEM file shows only now.
  return secure ? `--tls-cert and --tls-key cannot be used: ${text}` : `Cannot listen on ${host}:${port}: ${text}`;
}

/** What to do about a fault of the address; `undefined` for any other fault. */
function listenFault(error: unknown): string | undefined {
  if (error instanceof Deno.errors.AddrInUse) return "the port is taken; stop the other program or choose --port.";
  if (error instanceof Deno.errors.AddrNotAvailable) return "this machine has no such address; choose --host.";
  if (error instanceof Deno.errors.PermissionDenied) return "ports below 1024 need more rights; choose --port.";
  if (error instanceof Deno.errors.NotCapable) {
    return "`deno task start` may listen on 0.0.0.0, 127.0.0.1, localhost and [::] only.";
  }
  return undefined;
}
