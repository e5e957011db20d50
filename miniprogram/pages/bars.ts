import { textsOf } from "../i18n/texts";
import type { Language } from "../i18n/language";

/** Titles the page and the tabs in the person's language. For tab pages: others have no tab bar to write on. */
export function nameBars(title: string, language: Language): void {
  const { watchlist, settings } = textsOf(language).app;
  void wx.setNavigationBarTitle({ title });
  // Older hosts cannot rename a tab: it then keeps the name that app.json gives it.
  if (!wx.canIUse("setTabBarItem")) return;
  [watchlist, settings].forEach((text, index) => void wx.setTabBarItem({ index, text }));
}
