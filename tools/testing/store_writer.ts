/** Writes minute after minute until it is killed, and says each one as soon as it is stored. For server/store/kill.test.ts. */
import { sampleMinutes } from "./sample_candles.ts";
import { openStore } from "../../server/store/open_store.ts";

const SYMBOLS = 50;

const store = openStore(Deno.args[0] ?? "");
if (!store.hasHistory) {
  if (Deno.args[1] === "history") {
    for (let part = 0;; part++) {
      store.writeHistory({
        minutes: [{ symbol: `${600000 + part}.SH`, tradingDate: 20261101, candles: sampleMinutes(part) }],
      });
      console.log("history", part);
    }
  }
  store.completeHistory({ seed: 7 });
}
const last = store.lastMinute();
const candles = sampleMinutes(1);
for (let minute = last ? (last.tradingDate - 20_000_000) * 240 + last.slot + 1 : 240;; minute++) {
  const tradingDate = 20_000_000 + Math.floor(minute / 240);
  const candle = candles[minute % 240]!;
  store.write({
    minutes: Array.from(
      { length: SYMBOLS },
      (_, i) => ({ symbol: `${600000 + i}.SH`, tradingDate, candles: [candle] }),
    ),
    state: { minute },
  });
  console.log("minute", minute);
}
