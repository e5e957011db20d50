import type { Lifecycle } from "../lifecycle.ts";
import type { NetworkStatus, NetworkWeakness, PhoneNetwork } from "../network.ts";
import { outcome } from "./outcome.ts";

type Listener<Value> = (value: Value) => void;

/** An on/off pair over a set of listeners. `off` without one removes all that mini-program code added. */
function pair<Value>(listeners: Set<Listener<Value>>) {
  const own = new Set<Listener<Value>>();
  return {
    on(listener: Listener<Value>): void {
      own.add(listener);
      listeners.add(listener);
    },
    off(listener?: Listener<Value>): void {
      for (const known of listener ? [listener] : [...own]) {
        own.delete(known);
        listeners.delete(known);
      }
    },
  };
}

/** What the wider surroundings tell the mini-program: foreground, network, size, errors. */
export class AppEvents {
  readonly show = new Set<Listener<object>>();
  readonly hide = new Set<Listener<object>>();
  readonly error = new Set<Listener<string>>();
  readonly resize = new Set<Listener<{ size: { windowWidth: number; windowHeight: number } }>>();
  readonly rejection = new Set<Listener<{ reason: unknown; promise: Promise<unknown> }>>();
}

/** The functions that listen to them. */
export function eventsApi(events: AppEvents, network: PhoneNetwork, lifecycle: Lifecycle) {
  const show = pair(events.show);
  const hide = pair(events.hide);
  const error = pair(events.error);
  const rejection = pair(events.rejection);
  const resize = pair(events.resize);
  const status = pair<NetworkStatus>(network.statusListeners);
  const weakness = pair<NetworkWeakness>(network.weakListeners);
  return {
    onAppShow: show.on,
    offAppShow: show.off,
    onAppHide: hide.on,
    offAppHide: hide.off,
    onError: error.on,
    offError: error.off,
    onUnhandledRejection: rejection.on,
    offUnhandledRejection: rejection.off,
    onWindowResize: resize.on,
    offWindowResize: resize.off,
    onNetworkStatusChange: status.on,
    offNetworkStatusChange: status.off,
    onNetworkWeakChange: weakness.on,
    offNetworkWeakChange: weakness.off,
    getNetworkType: outcome("getNetworkType", () => ({ ...network.status, weakNet: network.isWeak })),
    // A preview page never updates itself while it runs.
    getUpdateManager: () => ({ onCheckForUpdate() {}, onUpdateReady() {}, onUpdateFailed() {}, applyUpdate() {} }),
    exitMiniProgram: outcome("exitMiniProgram", () => lifecycle.background()),
  };
}
