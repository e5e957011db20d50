import { ADJUSTMENTS, after, type ChartPeriod, LOWER_INDICATORS, MAIN_INDICATORS } from "../../../store/settings";
import type { SettingsStore } from "../../../store/settings_store";

/** What a reader chooses of a chart, on whichever page it is. It is kept for the next one. */
export class ChartChoices {
  private readonly settings: SettingsStore;
  private readonly onChange: () => void;

  constructor(settings: SettingsStore, onChange: () => void) {
    this.settings = settings;
    this.onChange = onChange;
  }

  choosePeriod(period: ChartPeriod): void {
    this.settings.change({ period });
    this.onChange();
  }

  /** 前复权, or what was paid. */
  switchAdjustment(): void {
    this.settings.change({ adjust: after(ADJUSTMENTS, this.settings.current.adjust) });
    this.onChange();
  }

  /** What lies over the candles. */
  switchMainIndicator(): void {
    this.settings.change({ mainIndicator: after(MAIN_INDICATORS, this.settings.current.mainIndicator) });
    this.onChange();
  }

  /** What stands in one of the panes below them. @param pane From 0. */
  switchLowerIndicator(pane: number): void {
    const lowerIndicators = this.settings.current.lowerIndicators.map((name, i) =>
      i === pane ? after(LOWER_INDICATORS, name) : name
    );
    this.settings.change({ lowerIndicators });
    this.onChange();
  }
}
