/// <reference lib="dom" />
import type {} from "miniprogram-api-typings";
import type { LaunchOptions } from "../launch.ts";
import { byId, isFramed, logicalBox, phone, phoneSize, windowSize } from "../phone.ts";
import type { PhoneTheme } from "../theme.ts";
import { outcome } from "./outcome.ts";

/** The base library whose functions the preview follows. */
const SDK_VERSION = "3.8.0";

type Wx = WechatMiniprogram.Wx;

function getWindowInfo(): WechatMiniprogram.WindowInfo {
  const { width, height } = phoneSize();
  const pages = windowSize();
  const statusBarHeight = isFramed() ? byId("status-bar").offsetHeight : 0;
  const screenTop = logicalBox(byId("pages").getBoundingClientRect(), phone.getBoundingClientRect()).top;
  return {
    pixelRatio: devicePixelRatio,
    screenWidth: width,
    screenHeight: height,
    windowWidth: pages.width,
    windowHeight: pages.height,
    statusBarHeight,
    screenTop: Math.round(screenTop),
    safeArea: { left: 0, top: statusBarHeight, right: width, bottom: height, width, height: height - statusBarHeight },
  };
}

/** WeChat's setting for the size of type, in px: `?font-size=20` in the address bar tries a larger one. @default 16 */
const fontSizeSetting = Number(new URLSearchParams(location.search).get("font-size")) || 16;

/** What the mini-program can learn about the phone, the app and how it was opened. */
export function systemApi(theme: PhoneTheme, launch: LaunchOptions) {
  const getAppBaseInfo = (): WechatMiniprogram.AppBaseInfo => ({
    SDKVersion: SDK_VERSION,
    version: "8.0.50",
    language: "zh_CN",
    enableDebug: false,
    fontSizeSetting,
    host: { env: "WeChat" } as unknown as WechatMiniprogram.AppBaseInfoHost,
    theme: theme.reported,
  } as WechatMiniprogram.AppBaseInfo);
  const getDeviceInfo = (): WechatMiniprogram.DeviceInfo => ({
    brand: "preview",
    model: "browser",
    platform: "devtools",
    system: "browser",
    benchmarkLevel: -1,
    abi: "",
    deviceAbi: "",
    cpuType: "",
    memorySize: "",
  } as WechatMiniprogram.DeviceInfo);
  const getSystemInfoSync = () => ({ ...getDeviceInfo(), ...getWindowInfo(), ...getAppBaseInfo() });
  const launchOptions = () => launch as unknown as WechatMiniprogram.LaunchOptionsApp;
  return {
    getWindowInfo,
    getAppBaseInfo,
    getDeviceInfo,
    getSystemInfoSync,
    getSystemInfo: outcome("getSystemInfo", getSystemInfoSync),
    getLaunchOptionsSync: launchOptions,
    getEnterOptionsSync: launchOptions,
    getAccountInfoSync: () => ({
      miniProgram: { appId: "touristappid", envVersion: "develop", version: "" },
      plugin: { appId: "", version: "" },
    }),
    getMenuButtonBoundingClientRect: () => {
      return logicalBox(byId("capsule").getBoundingClientRect(), phone.getBoundingClientRect());
    },
    onThemeChange: (listener: ThemeListener) => {
      if (themeListeners.has(listener)) return;
      const wrapped = (current: "light" | "dark") => listener({ theme: current });
      themeListeners.set(listener, wrapped);
      theme.onChange(wrapped);
    },
    offThemeChange: (listener?: ThemeListener) => {
      for (const known of listener ? [listener] : [...themeListeners.keys()]) {
        const wrapped = themeListeners.get(known);
        if (wrapped) theme.offChange(wrapped);
        themeListeners.delete(known);
      }
    },
  } satisfies Partial<Record<keyof Wx, unknown>>;
}

type ThemeListener = (result: { theme: "light" | "dark" }) => void;

/** What the phone's theme calls for each listener that is on. */
const themeListeners = new Map<ThemeListener, (theme: "light" | "dark") => void>();
