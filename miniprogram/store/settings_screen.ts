import type { Palette } from "../format/palettes";
import type { Language } from "../i18n/language";
import { fill, textsOf } from "../i18n/texts";
import type { AppParts } from "./app_parts";
import { rootClass } from "./appearance";
import { connectionFacts, connectionView } from "./connection_view";
import { LiveView } from "./live_view";
import { reconnectNow } from "./reconnect";
import { ADDRESS_LENGTH_MAX, checkServerAddress } from "./server_address";
import { aboutLines, candleStylesOf, languagesOf, motionsOf, palettesOf, type SettingsView } from "./settings_view";
import type { CandleStyle, Motion } from "./settings";
import type { Patch } from "./view_patch";

/** The settings page without its page: what it shows, and what touching it does. */
export class SettingsScreen {
  private readonly parts: AppParts;
  private readonly live: LiveView;
  private address: string;
  private addressError = "";

  constructor(parts: AppParts, render: (patch: Patch) => void) {
    this.parts = parts;
    this.address = parts.client.url;
    this.live = new LiveView({
      client: parts.client,
      clock: parts.clock,
      compute: () => this.view(),
      render,
      concerns: () => false,
    });
  }

  show(): void {
    this.live.show();
  }

  hide(): void {
    this.live.hide();
  }

  dispose(): void {
    this.live.hide();
  }

  /** Connects to what was typed, if it is an address. @returns whether it is. */
  saveAddress(typed: string): boolean {
    const { client, settings } = this.parts;
    const check = checkServerAddress(typed);
    this.address = check.ok ? check.url : typed;
    if (check.ok) {
      this.addressError = "";
      settings.change({ serverUrl: check.url });
      client.setUrl(check.url);
      client.open();
    } else {
      const texts = textsOf(settings.current.language).serverAddress;
      this.addressError = fill(texts[check.fault], { max: ADDRESS_LENGTH_MAX });
    }
    this.live.refresh();
    return check.ok;
  }

  /** Forgets the chosen address and connects to the default one. */
  useDefaultAddress(): void {
    const { client, settings, defaultServerUrl } = this.parts;
    settings.change({ serverUrl: "" });
    this.address = defaultServerUrl;
    this.addressError = "";
    client.setUrl(defaultServerUrl);
    client.open();
    this.live.refresh();
  }

  choosePalette(palette: Palette): void {
    this.parts.settings.change({ palette });
    this.live.refresh();
  }

  chooseCandleStyle(candleStyle: CandleStyle): void {
    this.parts.settings.change({ candleStyle });
    this.live.refresh();
  }

  chooseMotion(motion: Motion): void {
    this.parts.settings.change({ motion });
    this.live.refresh();
  }

  chooseLanguage(language: Language): void {
    this.parts.settings.change({ language });
    this.addressError = "";
    this.live.refresh();
  }

  /** Tries to connect now, instead of at the next planned time. */
  retry(): void {
    reconnectNow(this.parts.client);
    this.live.refresh();
  }

  private view(): SettingsView {
    const { client, settings } = this.parts;
    const { current } = settings;
    const texts = textsOf(current.language);
    const connection = connectionView(connectionFacts(this.parts), current.language);
    return {
      rootClass: rootClass(current, connection.isLive),
      t: texts.settings,
      app: texts.app,
      connection,
      address: this.address,
      addressError: this.addressError,
      palettes: palettesOf(current, texts.settings),
      languages: languagesOf(current, texts.settings),
      candleStyles: candleStylesOf(current, texts.settings),
      motions: motionsOf(current, texts.settings),
      about: aboutLines(client, texts),
    };
  }
}
