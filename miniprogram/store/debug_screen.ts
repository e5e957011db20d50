import { fill, textsOf } from "../i18n/texts";
import type { Subscription, TapEntry } from "../net/quote_client";
import type { AppParts } from "./app_parts";
import { rootClass } from "./appearance";
import { connectionFacts, connectionView } from "./connection_view";
import { counters, type DebugView, entryDetail, entryRows, NO_DETAIL } from "./debug/debug_view";
import { FrameLog } from "./debug/frame_log";
import { INDEX_SYMBOLS } from "./default_watchlist";
import { LiveView } from "./live_view";
import { reconnectNow } from "./reconnect";
import { rowsToMake } from "./row_range";
import type { Patch } from "./view_patch";

/** Height of a row in layout pixels. */
export const ENTRY_HEIGHT_PX = 40;

/** A list that has not been measured is made as tall as it can be on a phone. */
const HEIGHT_UNMEASURED_PX = 600;

/** The debug page without its page: every message of the line as it comes, and what the line has been through. */
export class DebugScreen {
  private readonly parts: AppParts;
  private readonly live: LiveView;
  private readonly log = new FrameLog();
  private readonly stopTap: () => void;
  private readonly subscription: Subscription;
  private resumes = 0;
  private isPausedByHand = false;
  private selected: TapEntry | undefined;
  private height = HEIGHT_UNMEASURED_PX;
  private scrollTop = 0;
  private scrolledTo = 0;

  constructor(parts: AppParts, render: (patch: Patch) => void) {
    this.parts = parts;
    this.live = new LiveView({
      client: parts.client,
      clock: parts.clock,
      compute: () => this.view(),
      render,
      concerns: () => true,
    });
    this.stopTap = parts.client.tap((entry) => this.take(entry));
    // The list behind this page is silent while it is hidden: its prices go on here, to be seen as messages.
    this.subscription = parts.client.subscribe({
      symbols: [...INDEX_SYMBOLS, ...parts.watchlist.symbols],
      channels: ["quote"],
    });
  }

  show(): void {
    this.live.show();
  }

  hide(): void {
    this.live.hide();
  }

  dispose(): void {
    this.stopTap();
    this.subscription.release();
    this.live.hide();
  }

  /** The list was measured. @param height In layout pixels. */
  placeList(height: number): void {
    this.height = height;
    this.live.refresh();
  }

  /** Who scrolls away from the newest looks at something: it stands still until they come back. */
  scroll(scrollTop: number): void {
    const before = this.range();
    this.scrollTop = scrollTop;
    const wasPaused = this.log.isPaused;
    this.log.pause(this.isPausedByHand || scrollTop > ENTRY_HEIGHT_PX / 2);
    const range = this.range();
    const isSame = before.first === range.first && before.end === range.end && wasPaused === this.log.isPaused;
    if (!isSame) this.live.refresh();
  }

  /** Stands still, or goes on with the newest. */
  switchPause(): void {
    this.isPausedByHand = !this.log.isPaused;
    this.log.pause(this.isPausedByHand);
    if (!this.isPausedByHand && this.scrollTop > 0) {
      this.scrollTop = 0;
      // A list scrolls where it is told to only when it is told something else than before.
      this.scrolledTo = this.scrolledTo === 0 ? 0.01 : 0;
    }
    this.live.refresh();
  }

  /** Lets the line begin anew in the other form: JSON, or binary. */
  switchWireForm(): void {
    const { client } = this.parts;
    client.setWireForm(client.wireForm === "text" ? "binary" : "text");
    this.live.refresh();
  }

  clear(): void {
    this.log.clear();
    this.selected = undefined;
    this.live.refresh();
  }

  /** Shows one message whole; the same one again, or one that is gone, shows none. */
  select(key: string): void {
    const found = this.log.shown.find(({ no }) => String(no) === key);
    this.selected = found === this.selected ? undefined : found;
    this.live.refresh();
  }

  retry(): void {
    reconnectNow(this.parts.client);
    this.live.refresh();
  }

  private take(entry: TapEntry): void {
    if (entry.message?.type === "subscribed" && entry.message.resumed) this.resumes += 1;
    this.log.add(entry);
  }

  private range() {
    const { height, scrollTop } = this;
    return rowsToMake({ rowCount: this.log.shown.length, rowHeight: ENTRY_HEIGHT_PX, height, scrollTop });
  }

  private view(): DebugView {
    const { client, meter, settings } = this.parts;
    const { language } = settings.current;
    const t = textsOf(language).debug;
    const connection = connectionView(connectionFacts(this.parts), language);
    const { framesPerSecond, reconnects } = meter;
    const { shown, isPaused, unseenCount } = this.log;
    const range = this.range();
    return {
      rootClass: rootClass(settings.current, connection.isLive),
      t,
      connection,
      counters: counters(client, { framesPerSecond, reconnects, resumes: this.resumes }, t),
      rows: entryRows(shown, range, t),
      rowHeight: ENTRY_HEIGHT_PX,
      roomAbove: range.first * ENTRY_HEIGHT_PX,
      roomBelow: Math.max(0, shown.length - range.end) * ENTRY_HEIGHT_PX,
      scrollTop: this.scrolledTo,
      pauseText: !isPaused ? t.pause : unseenCount > 0 ? fill(t.goOnUnseen, { count: unseenCount }) : t.goOn,
      wireFormText: client.wireForm === "text" ? t.useBinary : t.useText,
      isEmpty: shown.length === 0,
      detail: this.selected ? entryDetail(this.selected, t) : NO_DETAIL,
    };
  }
}
