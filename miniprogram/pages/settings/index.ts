import type { Palette } from "../../format/palettes";
import type { Language } from "../../i18n/language";
import { textsOf } from "../../i18n/texts";
import type { TickwireApp } from "../../store/app_parts";
import { NOT_CONNECTED } from "../../store/connection_view";
import type { CandleStyle, Motion } from "../../store/settings";
import { SettingsScreen } from "../../store/settings_screen";
import type { AboutLine, Choice } from "../../store/settings_view";
import { nameBars } from "../bars";
import { SCREEN_LIFE } from "../screen_life";

type ChoiceEvent<Value> = WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { key: Value }>;

Page({
  ...SCREEN_LIFE,

  data: {
    connection: NOT_CONNECTED,
    address: "",
    textScale: 1,
    palettes: [] as readonly Choice<Palette>[],
    languages: [] as readonly Choice<Language>[],
    candleStyles: [] as readonly Choice<CandleStyle>[],
    motions: [] as readonly Choice<Motion>[],
    about: [] as readonly AboutLine[],
  },

  screen: undefined as SettingsScreen | undefined,

  /** The address field's text; `undefined` until something is typed. */
  typed: undefined as string | undefined,

  onLoad() {
    this.setData({ textScale: getApp<TickwireApp>().parts.textScale });
    this.screen = new SettingsScreen(getApp<TickwireApp>().parts, (patch) => this.setData(patch));
  },

  onShow() {
    this.nameBars();
    this.screen?.show();
  },

  onType(event: WechatMiniprogram.Input) {
    this.typed = event.detail.value;
  },

  saveAddress() {
    const isSaved = this.screen?.saveAddress(this.typed ?? this.data.address);
    if (isSaved) this.saySaved();
  },

  useDefaultAddress() {
    this.typed = undefined;
    this.screen?.useDefaultAddress();
    this.saySaved();
  },

  choosePalette(event: ChoiceEvent<Palette>) {
    this.screen?.choosePalette(event.currentTarget.dataset.key);
  },

  chooseCandleStyle(event: ChoiceEvent<CandleStyle>) {
    this.screen?.chooseCandleStyle(event.currentTarget.dataset.key);
  },

  chooseMotion(event: ChoiceEvent<Motion>) {
    this.screen?.chooseMotion(event.currentTarget.dataset.key);
  },

  chooseLanguage(event: ChoiceEvent<Language>) {
    this.screen?.chooseLanguage(event.currentTarget.dataset.key);
    this.nameBars();
  },

  openDebug() {
    void wx.navigateTo({ url: "/pages/debug/index" });
  },

  retry() {
    this.screen?.retry();
  },

  saySaved() {
    const { language } = getApp<TickwireApp>().parts.settings.current;
    void wx.showToast({ title: textsOf(language).settings.saved, icon: "none" });
  },

  nameBars() {
    const { language } = getApp<TickwireApp>().parts.settings.current;
    nameBars(textsOf(language).settings.title, language);
  },
});
