import type { TapEntry } from "../../net/quote_client";

/** Messages that are kept: some minutes of a busy line. */
export const ENTRIES_MAX = 500;

/** The messages that a debug page shows. Paused, it stands still, while what comes is kept for later. */
export class FrameLog {
  private entries: readonly TapEntry[] = [];
  private frozen: readonly TapEntry[] | undefined;

  /** In the order in which they came. */
  get shown(): readonly TapEntry[] {
    return this.frozen ?? this.entries;
  }

  get isPaused(): boolean {
    return this.frozen !== undefined;
  }

  /** Messages that came since it stands still. */
  get unseenCount(): number {
    return this.frozen ? lastNo(this.entries) - lastNo(this.frozen) : 0;
  }

  add(entry: TapEntry): void {
    this.entries = [...this.entries.slice(-(ENTRIES_MAX - 1)), entry];
  }

  pause(isPaused: boolean): void {
    if (isPaused === this.isPaused) return;
    this.frozen = isPaused ? this.entries : undefined;
  }

  clear(): void {
    this.entries = [];
    if (this.frozen) this.frozen = [];
  }
}

function lastNo(entries: readonly TapEntry[]): number {
  return entries[entries.length - 1]?.no ?? 0;
}
