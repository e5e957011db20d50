import type { Clock, TimerId } from "../lib/shared";
import type { QuoteChanges, QuoteClient } from "../net/quote_client";
import { UpdateBatcher } from "./update_batcher";
import { type Patch, viewPatch } from "./view_patch";

/** How often a shown screen looks at the ages of its data, in milliseconds. */
const AGE_INTERVAL_MS = 1_000;

export interface LiveViewOptions {
  readonly client: QuoteClient;
  readonly clock: Clock;
  /** Everything the screen shows now, as plain data. */
  readonly compute: () => object;
  /** Shows what changed: a page's `setData`. */
  readonly render: (patch: Patch) => void;
  /** Whether these changes can change what is shown. */
  readonly concerns: (changes: QuoteChanges) => boolean;
}

/**
 * Keeps a screen in step with the client while it is shown: it listens, batches, computes the view, and renders the
 * difference in one piece. A hidden screen costs nothing and keeps no timer.
 */
export class LiveView {
  private readonly options: LiveViewOptions;
  private readonly batcher: UpdateBatcher;
  private listeners: (() => void)[] = [];
  private ageTimer: TimerId | undefined;
  private rendered: object | undefined;
  private isShown = false;

  constructor(options: LiveViewOptions) {
    this.options = options;
    this.batcher = new UpdateBatcher(options.clock, () => this.draw());
  }

  /** Draws at once, and from now on whenever something changes. Twice in a row is allowed. */
  show(): void {
    if (!this.isShown) {
      this.isShown = true;
      const { client, concerns } = this.options;
      this.listeners = [
        client.on("change", (changes) => {
          if (concerns(changes)) this.batcher.request();
        }),
        client.on("state", () => this.batcher.request()),
      ];
      this.watchAges();
    }
    this.batcher.runNow();
  }

  /** Draws at once, if shown: a person who touched something waits for no interval. */
  refresh(): void {
    if (this.isShown) this.batcher.runNow();
  }

  /** Stops listening and drops every timer. */
  hide(): void {
    this.isShown = false;
    for (const stop of this.listeners) stop();
    this.listeners = [];
    this.batcher.cancel();
    this.options.clock.clearTimeout(this.ageTimer);
    this.ageTimer = undefined;
  }

  private watchAges(): void {
    this.ageTimer = this.options.clock.setTimeout(() => {
      this.watchAges();
      this.batcher.request();
    }, AGE_INTERVAL_MS);
  }

  private draw(): void {
    const view = this.options.compute();
    const patch = viewPatch(this.rendered, view);
    this.rendered = view;
    if (Object.keys(patch).length > 0) this.options.render(patch);
  }
}
