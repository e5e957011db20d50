import type { Palette } from "../chart/theme";
import { formatMonthDay } from "../format/time";
import type { Language } from "../i18n/language";
import { fill, type Texts, textsOf } from "../i18n/texts";
import type { QuoteClient } from "../net/quote_client";
import type { AppParts } from "./app_parts";
import { rootClass } from "./appearance";
import { connectionFacts, type ConnectionView, connectionView } from "./connection_view";
import { INDEX_SYMBOLS } from "./default_watchlist";
import { LiveView } from "./live_view";
import { reconnectNow } from "./reconnect";
import { ADDRESS_LENGTH_MAX, checkServerAddress } from "./server_address";
import type { Settings } from "./settings";
import { VERSION } from "./version";
import type { Patch } from "./view_patch";

/** One of several things to choose from. */
export interface Choice<Value extends string> {
  readonly key: Value;
  readonly label: string;
  readonly isChosen: boolean;
}

/** One line of the section "about". */
export interface AboutLine {
  readonly key: string;
  readonly label: string;
  readonly value: string;
}

/** Everything the settings page shows. */
export interface SettingsView {
  readonly rootClass: string;
  readonly t: Texts["settings"];
  readonly app: Texts["app"];
  readonly connection: ConnectionView;
  /** The text in the address field. */
  readonly address: string;
  /** What is wrong with that text; "" when nothing is. */
  readonly addressError: string;
  readonly palettes: readonly Choice<Palette>[];
  readonly languages: readonly Choice<Language>[];
  readonly about: readonly AboutLine[];
}

const NOTHING = "--";

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
    const { client, clock, settings } = this.parts;
    const { current } = settings;
    const texts = textsOf(current.language);
    const connection = connectionView(connectionFacts(client, clock.nowMs()), current.language);
    return {
      rootClass: rootClass(current, connection.isLive),
      t: texts.settings,
      app: texts.app,
      connection,
      address: this.address,
      addressError: this.addressError,
      palettes: palettesOf(current, texts.settings),
      languages: languagesOf(current, texts.settings),
      about: aboutLines(client, texts),
    };
  }
}

function palettesOf({ palette }: Settings, texts: Texts["settings"]): Choice<Palette>[] {
  return [
    { key: "red-up", label: texts.paletteRedUp, isChosen: palette === "red-up" },
    { key: "green-up", label: texts.paletteGreenUp, isChosen: palette === "green-up" },
    { key: "color-blind", label: texts.paletteColorBlind, isChosen: palette === "color-blind" },
  ];
}

function languagesOf({ language }: Settings, texts: Texts["settings"]): Choice<Language>[] {
  return [
    { key: "zh", label: texts.chinese, isChosen: language === "zh" },
    { key: "en", label: texts.english, isChosen: language === "en" },
  ];
}

function aboutLines(client: QuoteClient, texts: Texts): AboutLine[] {
  const { settings, connection } = texts;
  const { market, rttMs, protocol } = client;
  // The server states the date once, at the beginning of the line; a quote's date goes on with the days.
  const tradingDate = client.quote(INDEX_SYMBOLS[0] as string)?.tradingDate ?? market?.tradingDate;
  return [
    { key: "source", label: settings.dataSource, value: sourceText(market?.simulated, settings) },
    {
      key: "date",
      label: settings.exchangeDate,
      value: tradingDate === undefined ? NOTHING : formatMonthDay(tradingDate),
    },
    { key: "protocol", label: settings.protocol, value: protocol ?? NOTHING },
    {
      key: "rtt",
      label: settings.rtt,
      value: rttMs === undefined ? NOTHING : fill(connection.rtt, { ms: Math.round(rttMs) }),
    },
    { key: "version", label: settings.version, value: VERSION },
  ];
}

function sourceText(isSimulated: boolean | undefined, texts: Texts["settings"]): string {
  if (isSimulated === undefined) return texts.dataSourceUnknown;
  return isSimulated ? texts.dataSourceSimulated : texts.dataSourceReal;
}
