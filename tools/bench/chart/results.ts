import { median } from "../statistics.ts";
import type { FrameCount } from "./frame_counter.ts";
import { type Board, BOARDS, type PanResult, type TickCost } from "./measure.ts";

export const OURS = "Tickwire";
export const PEERS = ["uPlot", "lightweight-charts", "ECharts"] as const;

/** What the browser itself takes, measured as if it were a library; nobody's peer. */
export const DOT = "one dot on an empty canvas";

/**
 * Ticks that a library is told of together in the hour that is run fast, where that is not one. ECharts draws at each
 * update, within it: 36,000 of them would take ten minutes.
 */
export const TICKS_PER_UPDATE: Readonly<Record<string, number>> = { ECharts: 10 };

/** CPU slow-downs: this machine, and a cheap phone. */
export const RATES = [1, 4] as const;
export type Rate = (typeof RATES)[number];

/** Medians of one library's rounds, over what the frames cost without a chart. */
export interface Figures {
  readonly scriptMs: number;
  readonly taskMs: number;
}

/** All that was measured. */
export class Results {
  /** Canvas calls of a tick, by board and library. */
  readonly calls = new Map<string, number>();
  /** Canvas calls of a frame of panning, by library. */
  readonly panCalls = new Map<string, number>();
  /** KiB that the heap grew by in an hour, by library. */
  readonly growth = new Map<string, number>();
  readonly #ticks = new Map<string, TickCost[]>();
  readonly #stands = new Map<string, FrameCount[]>();
  readonly #pans = new Map<string, PanResult[]>();

  /** @param name A library, or "" for frames without a chart. */
  addTick(board: Board, rate: Rate, name: string, cost: TickCost): void {
    push(this.#ticks, `${board} ${rate} ${name}`, cost);
  }

  /** Frames of ten ticks a second, with nothing else to draw. */
  addStand(board: Board, rate: Rate, name: string, frames: FrameCount): void {
    push(this.#stands, `${board} ${rate} ${name}`, frames);
  }

  addPan(rate: Rate, name: string, result: PanResult): void {
    push(this.#pans, `${rate} ${name}`, result);
  }

  tick(board: Board, rate: Rate, name: string): Figures {
    const [own, idle] = [name, ""].map((name) => this.#ticks.get(`${board} ${rate} ${name}`) ?? []) as [
      TickCost[],
      TickCost[],
    ];
    const above = (key: keyof TickCost) => median(own.map((cost) => cost[key])) - median(idle.map((cost) => cost[key]));
    return { scriptMs: above("scriptMs"), taskMs: above("taskMs") };
  }

  /** Frames of the screen without a drawing, for each of ten ticks a second with nothing else to draw. */
  dropped(board: Board, rate: Rate, name: string): number {
    return median((this.#stands.get(`${board} ${rate} ${name}`) ?? []).map(droppedPerUpdate));
  }

  /** Of panning with ten ticks a second: costs of a frame, frames a second, and those dropped for each tick. */
  pan(rate: Rate, name: string): Figures & { readonly framesPerSecond: number; readonly dropped: number } {
    const rounds = this.#pans.get(`${rate} ${name}`) ?? [];
    return {
      scriptMs: median(rounds.map(({ scriptMs }) => scriptMs)),
      taskMs: median(rounds.map(({ taskMs }) => taskMs)),
      framesPerSecond: Math.min(60, median(rounds.map(({ drawn, due }) => 60 * drawn / due))),
      dropped: median(rounds.map(droppedPerUpdate)),
    };
  }
}

/** One bar, and what was measured against it. */
export interface Bar {
  readonly what: string;
  readonly bar: string;
  readonly measured: string;
  readonly isReached: boolean;
}

const BOARD_NAMES: Readonly<Record<Board, string>> = {
  minutes: "tick of a 240-minute line",
  candles: "tick of 300 candles",
};

/** The bars, in words: less script than every other library, no longer a task than uPlot's, 60 frames a second. */
export function barsOf(results: Results): Bar[] {
  const ticks = RATES.flatMap((rate) =>
    BOARDS.flatMap((board): Bar[] => {
      const ours = results.tick(board, rate, OURS);
      const least = Math.min(...PEERS.map((name) => results.tick(board, rate, name).scriptMs));
      const uplot = results.tick(board, rate, "uPlot").taskMs;
      const what = `${BOARD_NAMES[board]}, CPU ×${rate}`;
      return [
        bar(`script, ${what}`, ours.scriptMs, least, "<"),
        bar(`main-thread task, ${what}`, ours.taskMs, uplot, "≤"),
      ];
    })
  );
  const { framesPerSecond } = results.pan(4, OURS);
  const frames = `${framesPerSecond.toFixed(1)} frames/s`;
  return [
    ...ticks,
    {
      what: "panning with 10 ticks/s, CPU ×4",
      bar: "60 frames/s",
      measured: frames,
      isReached: framesPerSecond >= FRAMES_PER_SECOND_MIN,
    },
  ];
}

/** One frame in a hundred may come late: the clock on the wall is not ours alone. */
const FRAMES_PER_SECOND_MIN = 59.4;

function bar(what: string, measured: number, most: number, sign: "<" | "≤"): Bar {
  const isReached = sign === "<" ? measured < most : measured <= most;
  return { what, bar: `${sign} ${most.toFixed(2)} ms`, measured: `${measured.toFixed(2)} ms`, isReached };
}

function droppedPerUpdate({ dropped, updates }: FrameCount): number {
  return dropped / updates;
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  map.set(key, [...map.get(key) ?? [], value]);
}
