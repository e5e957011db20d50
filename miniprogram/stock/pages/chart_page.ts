/** What the pages of a chart have in common, on the whole screen and above a book: spread into both. */
import type { Language } from "../../i18n/language";
import { textsOf } from "../../i18n/texts";
import { choose } from "../../pages/choose";
import { SCREEN_LIFE } from "../../pages/screen_life";
import { DEFAULT_SETTINGS } from "../../store/settings";
import type { ChartChoices } from "../store/chart/chart_choices";
import { type ChartTabKey, chartView, MINUTE_PERIODS } from "../store/chart/chart_tabs";

interface ChartPage {
  readonly data: { readonly language: Language };
  readonly screen: { readonly choices: ChartChoices } | undefined;
}

type TabEvent = WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { key: ChartTabKey }>;

/** What a chart is given before its screen has drawn. */
export const CHART_DATA = {
  symbol: "",
  palette: DEFAULT_SETTINGS.palette,
  language: DEFAULT_SETTINGS.language,
  isFresh: false,
  textScale: 1,
  chart: chartView(DEFAULT_SETTINGS, textsOf(DEFAULT_SETTINGS.language)),
  summary: "",
};

export const CHART_PAGE = {
  ...SCREEN_LIFE,

  /** A tab was touched: the last one offers its periods first. */
  async choosePeriod(this: ChartPage, { currentTarget }: TabEvent): Promise<void> {
    const { key } = currentTarget.dataset;
    const period = key === "minutes" ? await chosenMinutes(this.data.language) : key;
    if (period) this.screen?.choices.choosePeriod(period);
  },

  switchAdjustment(this: ChartPage): void {
    this.screen?.choices.switchAdjustment();
  },

  switchMainIndicator(this: ChartPage): void {
    this.screen?.choices.switchMainIndicator();
  },

  switchLowerIndicator(this: ChartPage, { detail }: WechatMiniprogram.CustomEvent<{ index: number }>): void {
    this.screen?.choices.switchLowerIndicator(detail.index);
  },
};

async function chosenMinutes(language: Language) {
  const texts = textsOf(language).periods;
  const chosen = await choose(MINUTE_PERIODS.map((period) => texts[period]));
  return chosen === undefined ? undefined : MINUTE_PERIODS[chosen];
}
