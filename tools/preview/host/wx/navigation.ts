import { logicalBox } from "../phone.ts";
import type { Router } from "../router/router.ts";
import { outcome } from "./outcome.ts";

interface TargetOption {
  url: string;
}

interface TabOption {
  index: number;
  text?: string;
  iconPath?: string;
  selectedIconPath?: string;
}

/** Going from page to page, and what pages change about the bars. */
export function navigationApi(router: Router) {
  const bar = (change: Partial<Router["top"]["bar"]>) => {
    Object.assign(router.top.bar, change);
    router.refreshBars();
  };
  return {
    navigateTo: outcome("navigateTo", ({ url, ...rest }: TargetOption & { events?: unknown }) => {
      if (rest.events) throw new Error("events are not offered by the preview");
      router.navigateTo(url);
    }),
    redirectTo: outcome("redirectTo", ({ url }: TargetOption) => void router.redirectTo(url)),
    switchTab: outcome("switchTab", ({ url }: TargetOption) => router.switchTab(url)),
    reLaunch: outcome("reLaunch", ({ url }: TargetOption) => router.reLaunch(url)),
    navigateBack: outcome("navigateBack", ({ delta }: { delta?: number }) => router.navigateBack(delta)),
    setNavigationBarTitle: outcome("setNavigationBarTitle", ({ title }: { title: string }) => bar({ title })),
    setNavigationBarColor: outcome(
      "setNavigationBarColor",
      ({ frontColor, backgroundColor }: { frontColor: string; backgroundColor: string }) => {
        bar({ frontColor, backgroundColor });
      },
    ),
    showNavigationBarLoading: outcome("showNavigationBarLoading", () => bar({ isLoading: true })),
    hideNavigationBarLoading: outcome("hideNavigationBarLoading", () => bar({ isLoading: false })),
    setTabBarBadge: outcome("setTabBarBadge", ({ index, text }: { index: number; text: string }) => {
      router.bars.setBadge(index, text);
    }),
    removeTabBarBadge: outcome(
      "removeTabBarBadge",
      ({ index }: { index: number }) => router.bars.setBadge(index, null),
    ),
    showTabBarRedDot: outcome("showTabBarRedDot", ({ index }: { index: number }) => router.bars.setBadge(index, "")),
    hideTabBarRedDot: outcome("hideTabBarRedDot", ({ index }: { index: number }) => router.bars.setBadge(index, null)),
    setTabBarItem: outcome(
      "setTabBarItem",
      ({ index, text, iconPath, selectedIconPath }: TabOption) => {
        router.bars.changeTab(index, {
          ...(text !== undefined && { text }),
          ...(iconPath !== undefined && { iconPath }),
          ...(selectedIconPath !== undefined && { selectedIconPath }),
        });
        router.refreshBars();
      },
    ),
    showTabBar: outcome("showTabBar", () => {
      router.bars.hideTabBar(false);
      router.refreshBars();
    }),
    hideTabBar: outcome("hideTabBar", () => {
      router.bars.hideTabBar(true);
      router.refreshBars();
    }),
    startPullDownRefresh: outcome("startPullDownRefresh", () => router.startPullDown()),
    stopPullDownRefresh: outcome("stopPullDownRefresh", () => router.stopPullDown()),
    pageScrollTo: outcome(
      "pageScrollTo",
      ({ scrollTop, selector, duration = 300 }: { scrollTop?: number; selector?: string; duration?: number }) => {
        const { scroller } = router.top;
        const target = selector ? scroller.querySelector(selector) : null;
        const offset = target ? logicalBox(target.getBoundingClientRect(), scroller.getBoundingClientRect()).top : 0;
        const top = target ? scroller.scrollTop + offset : scrollTop ?? 0;
        scroller.scrollTo({ top, behavior: duration > 0 ? "smooth" : "instant" });
      },
    ),
  };
}
