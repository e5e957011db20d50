import { parseArgs } from "node:util";
import { setupGuide, USAGE } from "./guide.ts";
import type { ReadText } from "./project.ts";

/** What a preview needs to know. */
export interface PreviewRequest {
  readonly appid: string;
  /** File with the upload key, PEM. */
  readonly keyFile: string;
  /** Address that the mini-program connects to, ws: or wss:. */
  readonly server: string;
}

/** Why there is no preview, and the exit code: 0 for help that was asked for, 2 for what is missing or wrong. */
export interface PreviewRefusal {
  readonly exitCode: 0 | 2;
  readonly text: string;
}

export interface Surroundings {
  env(name: string): string | undefined;
  readonly read: ReadText;
  /** IPv4 addresses of this machine on the local network, the likeliest first. */
  lanAddresses(): readonly string[];
}

const KEY_FILE = "certs/wechat.key";
const PORT = "8000";

/** Names of the variables by which preview.ts tells preview_upload.ts what to do. */
export const VARIABLES = {
  appid: "TICKWIRE_WECHAT_APPID",
  keyFile: "TICKWIRE_WECHAT_KEY_FILE",
  server: "TICKWIRE_WECHAT_SERVER",
} as const;

/** Reads flags and environment, and makes sure that appid, key and server are there before anything is built. */
export function previewRequest(args: readonly string[], around: Surroundings): PreviewRequest | PreviewRefusal {
  const flags = readFlags(args);
  if ("text" in flags) return flags;
  const appid = around.env(VARIABLES.appid) ?? "";
  const keyFile = flags.key ?? around.env(VARIABLES.keyFile) ?? KEY_FILE;
  const server = flags.server ?? lanServer(around);
  const wrong = wrongAppid(appid) ?? wrongKey(keyFile, around.read(keyFile)) ?? wrongServer(server);
  return wrong ?? { appid, keyFile, server };
}

type Flags = { readonly key?: string | undefined; readonly server?: string | undefined };

function readFlags(args: readonly string[]): Flags | PreviewRefusal {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { key: { type: "string" }, server: { type: "string" }, help: { type: "boolean" } },
    });
    return values.help ? { exitCode: 0, text: USAGE } : values;
  } catch (error) {
    return { exitCode: 2, text: `${error instanceof Error ? error.message : error}\n\n${USAGE}` };
  }
}

function lanServer(around: Surroundings): string {
  const [address] = around.lanAddresses();
  const port = around.env("TICKWIRE_PORT") ?? around.env("PORT") ?? PORT;
  return address === undefined ? "" : `ws://${address}:${port}/ws`;
}

function wrongAppid(appid: string): PreviewRefusal | undefined {
  if (/^wx[0-9a-f]{16}$/.test(appid)) return undefined;
  if (appid === "") return missing("没有设置 TICKWIRE_WECHAT_APPID。", "TICKWIRE_WECHAT_APPID is not set.");
  return missing(
    `TICKWIRE_WECHAT_APPID 的值「${appid}」不是 AppID：应为 wx 加 16 位十六进制字符。`,
    `TICKWIRE_WECHAT_APPID is "${appid}", which is no AppID: that is wx and 16 hexadecimal characters.`,
  );
}

function wrongKey(file: string, text: string | undefined): PreviewRefusal | undefined {
  if (text === undefined) return missing(`找不到上传密钥 ${file}。`, `The upload key ${file} is not there.`);
  if (/^-----BEGIN (RSA )?PRIVATE KEY-----/.test(text.trim())) return undefined;
  return missing(
    `${file} 不是小程序代码上传密钥：文件应以 -----BEGIN RSA PRIVATE KEY----- 开头。`,
    `${file} is not an upload key: that begins with -----BEGIN RSA PRIVATE KEY-----.`,
  );
}

function wrongServer(server: string): PreviewRefusal | undefined {
  if (server === "") {
    return refused(
      "本机没有局域网地址，手机无法连接。请用 --server ws://地址:8000/ws 指定服务器。",
      "This machine has no address on a local network. Name the server with --server ws://ADDRESS:8000/ws.",
    );
  }
  if (!/^wss?:\/\/[^/\s]+\/\S*$/.test(server)) {
    return refused(
      `--server 的值「${server}」不是 WebSocket 地址，例如 ws://192.168.1.5:8000/ws。`,
      `--server is "${server}", which is no WebSocket address such as ws://192.168.1.5:8000/ws.`,
    );
  }
  if (!/^wss?:\/\/(localhost|127\.|\[::1\])/.test(server)) return undefined;
  return refused(
    `手机连不到 ${server}：那是手机自己。请用电脑在局域网中的地址。`,
    `A phone cannot reach ${server}: to the phone that is the phone. Use the computer's address on the network.`,
  );
}

function missing(chinese: string, english: string): PreviewRefusal {
  return { exitCode: 2, text: setupGuide(chinese, english) };
}

function refused(chinese: string, english: string): PreviewRefusal {
  return { exitCode: 2, text: `${chinese}\n${english}` };
}
