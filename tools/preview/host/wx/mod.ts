/// <reference lib="dom" />
import type {} from "miniprogram-api-typings";
import type { LaunchOptions } from "../launch.ts";
import type { Lifecycle } from "../lifecycle.ts";
import type { PhoneNetwork } from "../network.ts";
import type { Router } from "../router/router.ts";
import type { PhoneTheme } from "../theme.ts";
import type { FreezableTimers } from "../timers.ts";
import { deviceApi } from "./device.ts";
import { type AppEvents, eventsApi } from "./events.ts";
import { interactionApi } from "./interaction.ts";
import { type ObserverOptions, PageIntersectionObserver } from "./intersection_observer.ts";
import { navigationApi } from "./navigation.ts";
import { requestApi } from "./request.ts";
import { type QueryScope, SelectorQuery } from "./selector_query.ts";
import type { Sockets } from "./socket.ts";
import { storageApi } from "./storage.ts";
import { systemApi } from "./system.ts";

/** What `wx` is made of. */
export interface WxParts {
  router: Router;
  theme: PhoneTheme;
  network: PhoneNetwork;
  lifecycle: Lifecycle;
  timers: FreezableTimers;
  sockets: Sockets;
  events: AppEvents;
  launch: LaunchOptions;
}

/** Makes `wx`. Only what is listed here exists; anything else throws an error that names it. */
export function makeWx(parts: WxParts): object {
  const { router, theme, network, lifecycle, timers, sockets, events, launch } = parts;
  const onTop = () => ({ scope: router.top.instance as unknown as QueryScope, scroller: router.top.scroller });
  const api = {
    ...systemApi(theme, launch),
    ...eventsApi(events, network, lifecycle),
    ...navigationApi(router),
    ...interactionApi,
    ...storageApi,
    ...deviceApi,
    ...requestApi(network),
    connectSocket: sockets.connect,
    createSelectorQuery: () => new SelectorQuery(onTop),
    createIntersectionObserver: (scope: QueryScope, options?: ObserverOptions) => {
      return new PageIntersectionObserver(scope, options);
    },
    nextTick: (callback: () => void) => void timers.setTimeout(callback, 0),
    env: { USER_DATA_PATH: "" },
  } satisfies Partial<Record<keyof WechatMiniprogram.Wx, unknown>>;
  return refusingUnknown({ ...api, canIUse: (name: string) => name.split(".")[0] as string in api });
}

/** An object whose unknown members throw, so that a missing function shows at once and by name. */
function refusingUnknown<Api extends object>(api: Api): Api {
  return new Proxy(Object.freeze(api), {
    get(target, name) {
      if (name in target || typeof name === "symbol") return Reflect.get(target, name);
      throw new Error(
        `wx.${name} is not offered by the preview. Guard it with wx.canIUse("${name}"), or add it in tools/preview/host/wx.`,
      );
    },
  });
}
