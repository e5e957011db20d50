import type { SearchAnswer } from "../../api/search_api";
import { fill, textsOf } from "../../i18n/texts";
import type { Instrument, SymbolCode } from "../../lib/shared";
import { Timer } from "../../net/timer";
import type { AppParts } from "../app_parts";
import { rootClass } from "../appearance";
import { RetryingLoad } from "../candles/retrying_load";
import { type Patch, viewPatch } from "../view_patch";
import { WATCHLIST_MAX } from "../watchlist";
import { findView, type SearchStatus, type SearchView } from "./search_view";

/** How long nothing must be typed before the server is asked: about the time between two keys of a quick writer. */
export const TYPING_PAUSE_MS = 150;

/** What was found, and by which words. */
interface Found {
  readonly words: string;
  readonly results: readonly Instrument[];
}

/** The search page without its page: what it shows, and what touching it does. */
export class SearchScreen {
  private readonly parts: AppParts;
  private readonly render: (patch: Patch) => void;
  private readonly goTo: (symbol: string) => void;
  private readonly typing: Timer;
  private readonly load: RetryingLoad<SearchAnswer>;
  private words = "";
  private found: Found | undefined;
  private hasFailed = false;
  /** Whether the best of the answer that is awaited is to be opened. */
  private opensBest = false;
  private stopListening: (() => void) | undefined;
  private rendered: SearchView | undefined;

  /** @param goTo Opens the page of a symbol. */
  constructor(parts: AppParts, render: (patch: Patch) => void, goTo: (symbol: string) => void) {
    this.parts = parts;
    this.render = render;
    this.goTo = goTo;
    this.typing = new Timer(parts.clock);
    this.load = new RetryingLoad(parts.clock, Math.random);
  }

  show(): void {
    this.stopListening ??= this.parts.client.on("state", (state) => {
      if (state === "live") this.load.retryNow();
    });
    if (this.isUnanswered) this.ask();
    this.draw();
  }

  hide(): void {
    this.stopListening?.();
    this.stopListening = undefined;
    this.opensBest = false;
    this.typing.clear();
    this.load.stop();
  }

  dispose(): void {
    this.hide();
  }

  /** A person typed: what the field holds now. What was found before stays until there is something else to show. */
  type(text: string): void {
    const words = text.trim();
    if (words === this.words) return;
    this.words = words;
    this.hasFailed = false;
    this.opensBest = false;
    this.load.stop();
    if (words === "") {
      this.typing.clear();
      this.found = undefined;
    } else this.typing.set(TYPING_PAUSE_MS, () => this.ask());
    this.draw();
  }

  /** The keyboard's own key opens the best of what is found; what is not found yet is looked for at once. */
  confirm(): void {
    if (this.words === "") return;
    this.opensBest = true;
    if (this.isUnanswered) this.ask();
    else this.openBest();
  }

  /** A person opens one of the list. */
  open(symbol: string): void {
    const instrument = this.listed().find((find) => find.symbol === symbol);
    if (!instrument) return;
    this.parts.recentFinds.add(instrument);
    this.goTo(symbol);
  }

  /** Puts a stock on the watchlist, or takes it off. @returns why that cannot be; "" where it could */
  toggleWatched(symbol: string): string {
    const { watchlist, settings } = this.parts;
    if (watchlist.has(symbol)) watchlist.remove(symbol);
    else if (watchlist.symbols.length < WATCHLIST_MAX) watchlist.add(symbol as SymbolCode);
    else return fill(textsOf(settings.current.language).search.full, { max: WATCHLIST_MAX });
    this.draw();
    return "";
  }

  forgetRecent(): void {
    this.parts.recentFinds.forget();
    this.draw();
  }

  /** Tries at once what failed. */
  retry(): void {
    if (this.load.isBusy) this.load.retryNow();
    else this.ask();
    this.draw();
  }

  /** Whether something was typed that no answer is for yet. */
  private get isUnanswered(): boolean {
    return this.words !== "" && this.words !== this.found?.words && !this.hasFailed;
  }

  private ask(): void {
    const { words } = this;
    this.typing.clear();
    this.load.run(() => this.parts.search.search(words), (answer) => {
      this.hasFailed = !answer.ok;
      if (answer.ok) this.found = { words, results: answer.page.results };
      this.draw();
      if (answer.ok) this.openBest();
    });
  }

  private openBest(): void {
    const best = this.found?.results[0];
    if (this.opensBest && best) this.open(best.symbol);
    this.opensBest = false;
  }

  private draw(): void {
    if (!this.stopListening) return;
    const view = this.view();
    const patch = viewPatch(this.rendered, view);
    this.rendered = view;
    if (Object.keys(patch).length > 0) this.render(patch);
  }

  private listed(): readonly Instrument[] {
    if (this.words === "") return this.parts.recentFinds.all;
    // What was found by other words stays while an answer is awaited, but is none itself.
    return this.hasFailed ? [] : this.found?.results ?? [];
  }

  private view(): SearchView {
    const { settings, watchlist } = this.parts;
    const { language } = settings.current;
    const t = textsOf(language).search;
    const status = this.status();
    return {
      rootClass: rootClass(settings.current, true),
      t,
      status,
      finds: this.listed().map((find) =>
        findView(find, this.words, { language, isWatched: watchlist.has(find.symbol) })
      ),
      nothing: status === "nothing" ? fill(t.nothing, { words: this.words }) : "",
    };
  }

  private status(): SearchStatus {
    const { words, found } = this;
    if (words === "") return "recent";
    if (this.hasFailed) return this.load.isBusy ? "retrying" : "failed";
    if (found && found.results.length > 0) return "found";
    return found?.words === words ? "nothing" : "loading";
  }
}
