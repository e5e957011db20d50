import { parseSettings, type Settings } from "./settings";
import type { KeyValueStorage } from "./storage";

const KEY = "settings";

/** The settings in force. Every screen reads them when it draws; nobody keeps a copy. */
export class SettingsStore {
  private readonly storage: KeyValueStorage;
  private settings: Settings;

  constructor(storage: KeyValueStorage) {
    this.storage = storage;
    this.settings = parseSettings(storage.read(KEY));
  }

  get current(): Settings {
    return this.settings;
  }

  /** Changes some settings and saves them all. */
  change(changes: Partial<Settings>): void {
    this.settings = { ...this.settings, ...changes };
    this.storage.write(KEY, this.settings);
  }
}
