import type { SymbolCode } from "../../lib/shared";
import { textsOf } from "../../i18n/texts";
import type { Subscription } from "../../net/quote_client";
import type { AppParts } from "../../store/app_parts";
import { rootClass } from "../../store/appearance";
import { connectionFacts, connectionView } from "../../store/connection_view";
import { BookPanel, type TradeListPlace } from "./book/book_panel";
import { LiveView } from "../../store/live_view";
import { NO_PROBLEM, type ProblemView, problemView } from "../../store/problem_view";
import { reconnectNow } from "../../store/reconnect";
import { ChartChoices } from "./chart/chart_choices";
import { chartSummary, chartView } from "./chart/chart_tabs";
import { type Board, emptyStockHeader, stockHeader, type StockStatus, type StockView } from "./stock_view";
import type { ChartPeriod } from "../../store/settings";
import { checkSymbol } from "../../store/symbol_input";
import { isLargeType } from "../../store/text_scale";
import type { Patch } from "../../store/view_patch";

/** The stock page without its page: what it shows, and what touching it does. */
export class StockScreen {
  private readonly parts: AppParts;
  private readonly live: LiveView;
  private readonly subscription: Subscription;
  private readonly panel: BookPanel;
  readonly choices: ChartChoices;
  /** As the server knows it, if what the page was opened with can be understood at all. */
  readonly symbol: string;

  /** @param opened What the page was opened with: a symbol, or from a link anything at all. */
  constructor(parts: AppParts, opened: string, render: (patch: Patch) => void) {
    this.parts = parts;
    const check = checkSymbol(opened);
    this.symbol = check.ok ? check.symbol : opened.slice(0, 32);
    this.choices = new ChartChoices(parts.settings, () => this.live.refresh());
    this.panel = new BookPanel(parts.client, this.symbol);
    this.live = new LiveView({
      client: parts.client,
      clock: parts.clock,
      compute: () => this.view(check.ok),
      render,
      concerns: (changes) => changes.quotes.has(this.symbol as SymbolCode) || this.panel.concerns(changes),
    });
    this.subscription = parts.client.subscribe({
      symbols: check.ok ? [check.symbol] : [],
      channels: ["quote", "candle", "depth", "trades"],
      onRejected: () => this.live.refresh(),
    });
  }

  show(): void {
    this.panel.forgetFlashes();
    this.live.show();
  }

  hide(): void {
    this.live.hide();
  }

  dispose(): void {
    this.live.hide();
    this.subscription.release();
  }

  /** Puts the stock on the watchlist, or takes it off. */
  toggleWatched(): void {
    const { watchlist } = this.parts;
    if (watchlist.has(this.symbol)) watchlist.remove(this.symbol);
    else watchlist.add(this.symbol as SymbolCode);
    this.live.refresh();
  }

  /** The list of trades was measured. */
  placeTrades(place: TradeListPlace): void {
    this.panel.setPlace(place);
    this.live.refresh();
  }

  /** The list of trades was scrolled. @param scrollTop In layout pixels. */
  scrollTrades(scrollTop: number): void {
    if (this.panel.scroll(scrollTop)) this.live.refresh();
  }

  showNewestTrades(): void {
    this.panel.scrollToNewest();
    this.live.refresh();
  }

  /** Tries to connect now, instead of at the next planned time. */
  retry(): void {
    reconnectNow(this.parts.client);
    this.live.refresh();
  }

  private view(isSymbol: boolean): StockView {
    const { client, settings, watchlist, textScale, wantsLessMotion } = this.parts;
    const { language, palette } = settings.current;
    const texts = textsOf(language);
    const connection = connectionView(connectionFacts(this.parts), language);
    const quote = client.quote(this.symbol);
    const problem = quote ? NO_PROBLEM : problemView(client, language);
    const isFresh = client.isFresh(this.symbol);
    // An index has none, nor has anything of a server that knows prices alone.
    const hasBook = quote?.kind === "stock" && client.offers("depth");
    return {
      ...(quote ? stockHeader(quote, language) : emptyStockHeader(this.symbol, language)),
      rootClass: rootClass(settings.current, connection.isLive && (isFresh || !quote)),
      t: texts.stock,
      app: texts.app,
      connection,
      showsSimulated: client.market?.simulated ?? true,
      status: quote ? "ready" : this.absence(isSymbol, problem),
      problem,
      isWatched: watchlist.has(this.symbol),
      isStock: quote?.kind === "stock",
      palette,
      language,
      isFresh,
      chart: chartView(settings.current, texts, wantsLessMotion),
      board: boardOf(hasBook, settings.current.period, textScale),
      ...this.panel.view(quote?.prevClose ?? 0, language),
      b: texts.book,
      tools: texts.chartTools,
      summary: quote ? chartSummary(quote, settings.current.period, language) : "",
    };
  }

  private absence(isSymbol: boolean, problem: ProblemView): StockStatus {
    if (!isSymbol || this.subscription.rejected.has(this.symbol)) return "unknown";
    return problem === NO_PROBLEM ? "loading" : "offline";
  }
}

function boardOf(hasBook: boolean, period: ChartPeriod, textScale: number): Board {
  if (!hasBook) return "alone";
  return period === "minute" && !isLargeType(textScale) ? "beside" : "below";
}
