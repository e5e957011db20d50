/** What a person needs to see prices, printed once the server listens. */
export interface BannerFacts {
  readonly port: number;
  readonly secure: boolean;
  /** The folder that devtools opens. */
  readonly projectFolder: string;
  readonly lanAddresses: readonly string[];
  /** Whether only this machine can connect. */
  readonly loopbackOnly: boolean;
  /** What the prices come from: a seed, or undefined for a recording. */
  readonly seed: number | undefined;
}

export function bannerText(facts: BannerFacts): string {
  const source = facts.seed === undefined ? "回放 replay" : `seed ${facts.seed}`;
  const [http, ws] = facts.secure ? ["https", "wss"] : ["http", "ws"];
  const address = facts.loopbackOnly ? undefined : facts.lanAddresses[0];
  const phone = address
    ? `${ws}://${address}:${facts.port}/ws`
    : facts.loopbackOnly
    ? "不可用，请用 --host 0.0.0.0 启动 (not reachable: start with --host 0.0.0.0)"
    : "未找到局域网地址 (no address on a local network found)";
  const rows = [
    ["浏览器  Browser", `${http}://localhost:${facts.port}/`],
    ["开发者工具  Devtools", facts.projectFolder],
    ["手机  Phone", address ? `${phone}  设置 → 服务器地址 (Settings → Server address)` : phone],
    ["终端  Terminal", "deno task watch 600519.SH 000001.SZ"],
  ] as const;
  const lines = rows.map(([label, value]) => `  ${padCells(label, 22)}${value}`);
  return ["", `Tickwire 实时行情 · 模拟行情 simulated prices · ${source}`, "", ...lines, ""].join("\n");
}

/** Pads to `cells` columns of a terminal, in which a Chinese character takes two. */
function padCells(text: string, cells: number): string {
  const width = [...text].reduce((sum, char) => sum + (char > "\u2e80" ? 2 : 1), 0);
  return text + " ".repeat(Math.max(1, cells - width));
}
