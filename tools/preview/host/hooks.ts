import type { Lifecycle } from "./lifecycle.ts";
import type { PhoneNetwork } from "./network.ts";
import type { PageInstance } from "./router/page.ts";
import type { SetDataStats } from "./stats.ts";
import type { PhoneTheme } from "./theme.ts";
import type { Program } from "../program.ts";
import type { Sockets } from "./wx/socket.ts";

/**
 * `__tickwire_preview` on the page's window: what browser tests drive the phone with. Mini-program code cannot see it.
 */
export interface PreviewHooks {
  boot(program: Program): void;
  wx: object;
  getApp(): Record<string, unknown>;
  getCurrentPages(): PageInstance[];
  stats: SetDataStats;
  resetStats(): void;
  network: PhoneNetwork;
  lifecycle: Lifecycle;
  sockets: Sockets;
  theme: PhoneTheme;
}
