import type { Language } from "../../i18n/language";
import { textsOf } from "../../i18n/texts";
import type { ChartPeriod } from "../../store/settings";
import { type ChartTabKey, MINUTE_PERIODS } from "../../store/stock/chart_tabs";
import { choose } from "../../pages/choose";

/** A tab of a chart was touched: the last one offers its periods first. */
export async function chartTabChosen(
  key: ChartTabKey,
  language: Language,
  take: (period: ChartPeriod) => void,
): Promise<void> {
  if (key !== "minutes") return take(key);
  const texts = textsOf(language).periods;
  const chosen = await choose(MINUTE_PERIODS.map((period) => texts[period]));
  const period = chosen === undefined ? undefined : MINUTE_PERIODS[chosen];
  if (period) take(period);
}
