import type { SymbolCode } from "../lib/shared";
import { textsOf } from "../i18n/texts";
import type { Subscription } from "../net/quote_client";
import type { AppParts } from "./app_parts";
import { rootClass } from "./appearance";
import { connectionFacts, connectionView } from "./connection_view";
import { INDEX_SYMBOLS } from "./default_watchlist";
import { LiveView } from "./live_view";
import { NO_PROBLEM, problemView } from "./problem_view";
import { emptyIndexView, emptyRowView, type IndexView, indexView, type RowView } from "./quote_views";
import { reconnectNow } from "./reconnect";
import { RowMemory } from "./row_memory";
import { nextColumn, type Settings } from "./settings";
import type { Patch } from "./view_patch";
import { hiddenTiers, type ListPlace, type ListTiers, listTiers, sameTiers } from "./watchlist/list_tiers";
import { Sparklines } from "./watchlist/sparklines";
import { columnTitle, listStatus, type WatchlistView } from "./watchlist_view";

/** The watchlist page without its page: what it shows, and what touching it does. */
export class WatchlistScreen {
  private readonly parts: AppParts;
  private readonly live: LiveView;
  private readonly memory = new RowMemory();
  private readonly sparklines: Sparklines;
  private readonly subscription: Subscription;
  private subscribed: readonly SymbolCode[] = [];
  /** Where the list lies on the screen, once it was measured. */
  private place: ListPlace | undefined;
  private tiers: ListTiers | undefined;
  private onScreen: ReadonlySet<string> = new Set();
  private nearScreen: ReadonlySet<string> = new Set();
  private isShown = false;
  private drawnWith: Settings | undefined;

  constructor(parts: AppParts, render: (patch: Patch) => void) {
    this.parts = parts;
    const { client, clock, watchlist } = parts;
    this.subscribed = watchlist.symbols;
    this.subscription = client.subscribe({
      symbols: [...INDEX_SYMBOLS, ...this.subscribed],
      channels: ["quote"],
    });
    this.sparklines = new Sparklines(
      { api: parts.sparklines, clock, random: Math.random },
      () => this.live.refresh(),
    );
    this.live = new LiveView({
      client,
      clock,
      compute: () => this.view(),
      render,
      concerns: ({ quotes }) => [...INDEX_SYMBOLS, ...watchlist.symbols].some((symbol) => quotes.has(symbol)),
    });
  }

  show(): void {
    // Prices that moved while nobody looked must not all flash at once.
    this.memory.clear();
    this.isShown = true;
    this.followWatchlist();
    this.moveTiers();
    this.live.show();
  }

  hide(): void {
    this.isShown = false;
    this.sparklines.stop();
    this.live.hide();
    this.moveTiers();
  }

  /** The list was measured, or scrolled: what is out of sight needs no prices, or slower ones. */
  placeList(place: ListPlace): void {
    this.place = place;
    this.moveTiers();
  }

  dispose(): void {
    this.sparklines.stop();
    this.live.hide();
    this.subscription.release();
  }

  switchColumn(): void {
    const { settings } = this.parts;
    settings.change({ column: nextColumn(settings.current.column) });
    this.live.refresh();
  }

  remove(symbol: string): void {
    this.parts.watchlist.remove(symbol);
    this.listChanged();
  }

  pin(symbol: string): void {
    this.parts.watchlist.pin(symbol);
    this.listChanged();
  }

  moveUp(symbol: string): void {
    this.parts.watchlist.moveUp(symbol);
    this.listChanged();
  }

  restoreDefault(): void {
    this.parts.watchlist.restoreDefault();
    this.listChanged();
  }

  /** Tries to connect now, instead of at the next planned time. */
  retry(): void {
    reconnectNow(this.parts.client);
    this.live.refresh();
  }

  private listChanged(): void {
    this.followWatchlist();
    this.live.refresh();
  }

  /** The stock page may have changed the list as well. */
  private followWatchlist(): void {
    const { symbols } = this.parts.watchlist;
    if (symbols === this.subscribed) return;
    this.subscribed = symbols;
    // Rows that move to another place must not flash there for what they showed before.
    this.memory.clear();
    this.subscription.update([...INDEX_SYMBOLS, ...symbols]);
    this.moveTiers();
  }

  private moveTiers(): void {
    const next = this.nextTiers();
    if (this.tiers && sameTiers(this.tiers, next)) return;
    this.tiers = next;
    this.onScreen = new Set(next.visible);
    this.nearScreen = new Set(next.near);
    this.subscription.setTiers(next);
    // Rows that come near have their day drawn before they are seen.
    this.live.refresh();
  }

  /** Until the list is measured everything may be on the screen. */
  private nextTiers(): ListTiers {
    const { symbols } = this.parts.watchlist;
    const all = [...INDEX_SYMBOLS, ...symbols];
    if (!this.isShown) return hiddenTiers(all);
    return this.place ? listTiers(INDEX_SYMBOLS, symbols, this.place) : { visible: all, near: [], hidden: [] };
  }

  private view(): WatchlistView {
    const { client, settings, watchlist } = this.parts;
    const { language, column } = settings.current;
    const texts = textsOf(language);
    if (this.drawnWith !== settings.current) this.memory.clear();
    this.drawnWith = settings.current;
    const connection = connectionView(connectionFacts(this.parts), language);
    const symbols = [...INDEX_SYMBOLS, ...watchlist.symbols];
    this.sparklines.want(watchlist.symbols, client.epoch);
    const hasQuotes = symbols.some((symbol) => client.quote(symbol) !== undefined);
    const problem = hasQuotes ? NO_PROBLEM : problemView(client, language);
    return {
      rootClass: rootClass(settings.current, connection.isLive),
      t: texts.watchlist,
      app: texts.app,
      connection,
      showsSimulated: client.market?.simulated ?? true,
      indices: INDEX_SYMBOLS.map((symbol) => this.index(symbol, settings.current, connection.isLive)),
      status: listStatus({ symbolCount: watchlist.symbols.length, hasQuotes, hasProblem: problem !== NO_PROBLEM }),
      problem,
      columnTitle: columnTitle(column, texts.watchlist),
      rows: watchlist.symbols.map((symbol) => this.row(symbol, settings.current, connection.isLive)),
    };
  }

  private row(symbol: SymbolCode, settings: Settings, isLive: boolean): RowView {
    const quote = this.parts.client.quote(symbol);
    if (quote) {
      const isStale = isLive && !this.parts.client.isFresh(symbol);
      const isOnScreen = this.onScreen.has(symbol);
      return this.memory.view(quote, settings, {
        isStale,
        spark: isOnScreen || this.nearScreen.has(symbol) ? this.sparklines.maskOf(quote, isOnScreen) : "",
      });
    }
    const isRejected = this.subscription.rejected.has(symbol);
    return emptyRowView(symbol, isRejected ? textsOf(settings.language).watchlist.unknownSymbol : symbol.slice(0, 6));
  }

  private index(symbol: SymbolCode, settings: Settings, isLive: boolean): IndexView {
    const quote = this.parts.client.quote(symbol);
    return quote ? indexView(quote, settings, isLive && !this.parts.client.isFresh(symbol)) : emptyIndexView(symbol);
  }
}
