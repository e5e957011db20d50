/** Where WeChat shows appid, upload key and the list of addresses, as its console names them. */
const CONSOLE_PATH = "mp.weixin.qq.com → 开发管理 → 开发设置";

const STEPS = `扫码预览需要你自己的小程序：
  1. 打开 mp.weixin.qq.com，用小程序管理员身份登录，进入「开发管理 → 开发设置」。
  2. 复制 AppID(小程序ID)，设为环境变量 TICKWIRE_WECHAT_APPID。
  3. 在「小程序代码上传」处生成并下载密钥，存为 certs/wechat.key（或用 --key 文件、TICKWIRE_WECHAT_KEY_FILE 指定）。
     密钥可以上传代码：不要提交，不要发给别人。
  4. 在同一处的「IP 白名单」加入本机的公网 IP，或关闭白名单。
  没有小程序也能用：deno task start，然后在浏览器里打开它显示的地址。

A preview to scan needs a mini-program of your own:
  1. Sign in as its administrator at ${CONSOLE_PATH}.
  2. Copy the AppID into the environment variable TICKWIRE_WECHAT_APPID.
  3. Under 小程序代码上传 generate and download the key (密钥); save it as certs/wechat.key, or name the file with
     --key or TICKWIRE_WECHAT_KEY_FILE. Whoever has it can upload code: keep it out of git and to yourself.
  4. Add this machine's public address to the IP 白名单 (allow list) beside it, or turn the list off.
  Without a mini-program: run deno task start and open the address it prints in any browser.

  TICKWIRE_WECHAT_APPID=wx0123456789abcdef deno task wechat:preview`;

/** Says what is missing, then everything that is needed, in both languages. */
export function setupGuide(chinese: string, english: string): string {
  return `${chinese}\n${english}\n\n${STEPS}`;
}

export const USAGE = `deno task wechat:preview [--key FILE] [--server ws://ADDRESS/ws]

Uploads a preview of the mini-program and draws the QR code to scan with WeChat.
  --key FILE      Upload key [TICKWIRE_WECHAT_KEY_FILE, or certs/wechat.key]
  --server URL    Server that the phone connects to [this machine's address on the local network]

${STEPS}`;

/** What to do on the phone once the code is drawn. */
export function scanHint(server: string, picture: string): string {
  return `用微信扫码。服务器：${server}（先运行 deno task start，手机与电脑在同一网络）。
连不上时：右上角「···」→ 开发调试 → 打开调试，微信才允许连接未登记的 ws:// 地址。二维码图片：${picture}

Scan with WeChat. Server: ${server} (deno task start must be running, phone and computer on the same network).
If it cannot connect: ··· → 开发调试 (developer tools) → 打开调试 (enable), or WeChat blocks a ws:// address that is not
registered. The code as a picture: ${picture}`;
}

/** Words for WeChat's refusal; `reason` is its own text without the key. */
export function refusalText(reason: string): string {
  if (/\b(ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)\b/.test(reason)) {
    return `连不上微信的服务器 servicewechat.com，请检查网络。\nCannot reach WeChat at servicewechat.com: ${reason}`;
  }
  const address = /invalid ip:?\s*([\w.:]+)/i.exec(reason)?.[1];
  if (address === undefined) return `微信没有接受上传。\nWeChat did not accept the upload: ${reason}`;
  return `微信拒绝了本机的 IP ${address}：在「IP 白名单」中加入它。\n` +
    `WeChat refuses this machine's address ${address}: add it to the IP 白名单 at ${CONSOLE_PATH}.`;
}
