import type { ClientState } from "../../miniprogram/net/quote_client.ts";
import type { Language } from "../../miniprogram/i18n/language.ts";

interface WatchTexts {
  readonly columns: Readonly<Record<ColumnName, string>>;
  readonly states: Readonly<Record<ClientState, string>>;
  readonly simulated: string;
  readonly age: string;
  readonly updates: string;
  readonly roundTrip: string;
  retryIn(seconds: number): string;
  more(rows: number): string;
  unknown(symbols: string): string;
}

export type ColumnName =
  | "name"
  | "code"
  | "price"
  | "change"
  | "percent"
  | "high"
  | "low"
  | "volume"
  | "turnover"
  | "age";

/** Chinese first, English second, as on the phone. */
export const TEXTS: Readonly<Record<Language, WatchTexts>> = {
  zh: {
    columns: {
      name: "名称",
      code: "代码",
      price: "最新",
      change: "涨跌",
      percent: "涨幅",
      high: "最高",
      low: "最低",
      volume: "成交量",
      turnover: "成交额",
      age: "更新于",
    },
    states: {
      idle: "未连接",
      connecting: "连接中",
      negotiating: "握手中",
      live: "实时",
      stalled: "无响应",
      polling: "轮询",
      waiting: "等待重连",
      closed: "已断开",
    },
    simulated: "模拟行情",
    age: "静默",
    updates: "次更新/秒",
    roundTrip: "往返",
    retryIn: (seconds) => `${seconds} 秒后重试`,
    more: (rows) => `… 另有 ${rows} 行，窗口放不下`,
    unknown: (symbols) => `没有这个代码：${symbols}。请核对六位数字与交易所（.SH .SZ .BJ）`,
  },
  en: {
    columns: {
      name: "Name",
      code: "Code",
      price: "Price",
      change: "Change",
      percent: "Change %",
      high: "High",
      low: "Low",
      volume: "Volume",
      turnover: "Turnover",
      age: "Age",
    },
    states: {
      idle: "not connected",
      connecting: "connecting",
      negotiating: "greeting",
      live: "live",
      stalled: "no answer",
      polling: "polling",
      waiting: "reconnecting",
      closed: "disconnected",
    },
    simulated: "simulated prices",
    age: "heard",
    updates: "updates/s",
    roundTrip: "round trip",
    retryIn: (seconds) => `next attempt in ${seconds} s`,
    more: (rows) => `… ${rows} more rows do not fit into the window`,
    unknown: (symbols) => `Not listed here: ${symbols}. Check the six digits and the exchange (.SH, .SZ, .BJ)`,
  },
};
