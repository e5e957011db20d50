import type { Palette } from "../../format/palettes";
import type { Language } from "../../i18n/language";
import { type Texts, textsOf } from "../../i18n/texts";
import type { SymbolCode } from "../../lib/shared";
import type { Subscription } from "../../net/quote_client";
import type { AppParts } from "../../store/app_parts";
import { rootClass } from "../../store/appearance";
import { LiveView } from "../../store/live_view";
import { ChartChoices } from "./chart/chart_choices";
import { chartSummary, type ChartView, chartView } from "./chart/chart_tabs";
import { emptyStockHeader, type StockHeader, stockHeader } from "./stock_view";
import type { Patch } from "../../store/view_patch";

/** Everything that the chart on the whole screen shows around itself. */
export interface ChartScreenView extends Pick<StockHeader, "name" | "price" | "change" | "percent" | "direction"> {
  readonly rootClass: string;
  readonly t: Texts["chartTools"];
  readonly chart: ChartView;
  readonly palette: Palette;
  readonly language: Language;
  readonly isFresh: boolean;
  readonly summary: string;
}

/** The page of one chart on the whole screen, without its page. */
export class ChartScreen {
  readonly choices: ChartChoices;
  private readonly parts: AppParts;
  private readonly symbol: string;
  private readonly live: LiveView;
  private readonly subscription: Subscription;

  constructor(parts: AppParts, symbol: string, render: (patch: Patch) => void) {
    this.parts = parts;
    this.symbol = symbol;
    this.live = new LiveView({
      client: parts.client,
      clock: parts.clock,
      compute: () => this.view(),
      render,
      concerns: ({ quotes }) => quotes.has(symbol as SymbolCode),
    });
    this.choices = new ChartChoices(parts.settings, () => this.live.refresh());
    // The book tells where a running auction stands, which the chart of the minutes shows.
    this.subscription = parts.client.subscribe({ symbols: [symbol], channels: ["quote", "candle", "depth"] });
  }

  show(): void {
    this.live.show();
  }

  hide(): void {
    this.live.hide();
  }

  dispose(): void {
    this.live.hide();
    this.subscription.release();
  }

  private view(): ChartScreenView {
    const { client, settings, wantsLessMotion } = this.parts;
    const { language, palette, period } = settings.current;
    const texts = textsOf(language);
    const quote = client.quote(this.symbol);
    const isFresh = client.isFresh(this.symbol);
    const { name, price, change, percent, direction } = quote
      ? stockHeader(quote, language)
      : emptyStockHeader(this.symbol, language);
    return {
      name,
      price,
      change,
      percent,
      direction,
      rootClass: rootClass(settings.current, isFresh),
      t: texts.chartTools,
      chart: chartView(settings.current, texts, wantsLessMotion),
      palette,
      language,
      isFresh,
      summary: quote ? chartSummary(quote, period, language) : "",
    };
  }
}
