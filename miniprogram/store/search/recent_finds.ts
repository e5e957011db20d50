import { Instrument } from "../../lib/shared";
import type { KeyValueStorage } from "../storage";

const KEY = "recent-finds";

/** How many are remembered: about what a screen shows above a keyboard, twice. */
export const RECENT_MAX = 12;

/** What a person found and opened, the latest first. With names, so that they can be shown without a server. */
export class RecentFinds {
  private readonly storage: KeyValueStorage;
  private finds: readonly Instrument[];

  constructor(storage: KeyValueStorage) {
    this.storage = storage;
    this.finds = parse(storage.read(KEY));
  }

  get all(): readonly Instrument[] {
    return this.finds;
  }

  add({ symbol, name, nameEn, kind }: Instrument): void {
    const others = this.finds.filter((find) => find.symbol !== symbol);
    this.replace([{ symbol, name, nameEn, kind }, ...others].slice(0, RECENT_MAX));
  }

  forget(): void {
    this.replace([]);
  }

  private replace(finds: readonly Instrument[]): void {
    this.finds = finds;
    this.storage.write(KEY, finds);
  }
}

/** Reads what some version once saved; what cannot be understood is left out. */
function parse(saved: unknown): readonly Instrument[] {
  if (!Array.isArray(saved)) return [];
  return saved.flatMap((find) => {
    const read = Instrument.safeParse(find);
    return read.success ? [read.data] : [];
  }).slice(0, RECENT_MAX);
}
