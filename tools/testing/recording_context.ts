import type { Context2d } from "../../miniprogram/stock/chart/context2d.ts";

/** One call of a drawing, with the styles in force when it was made. */
export interface DrawnCall {
  readonly name: string;
  readonly args: readonly (number | string)[];
  readonly fillStyle: unknown;
  readonly strokeStyle: unknown;
  readonly lineWidth: number;
  readonly lineDash: readonly number[];
  readonly textAlign: string;
}

/** A 2d context that draws nothing and remembers everything. */
export class RecordingContext implements Context2d {
  fillStyle: unknown = "#000000";
  strokeStyle: unknown = "#000000";
  lineWidth = 1;
  lineJoin = "miter";
  font = "10px sans-serif";
  textAlign = "start";
  textBaseline = "alphabetic";
  globalAlpha = 1;
  lineDash: readonly number[] = [];
  calls: DrawnCall[] = [];

  /** The calls by this name. */
  of(name: keyof Context2d): DrawnCall[] {
    return this.calls.filter((call) => call.name === name);
  }

  save(): void {
    this.#record("save", []);
  }
  restore(): void {
    this.#record("restore", []);
  }
  setTransform(...args: number[]): void {
    this.#record("setTransform", args);
  }
  clearRect(...args: number[]): void {
    this.#record("clearRect", args);
  }
  fillRect(...args: number[]): void {
    this.#record("fillRect", args);
  }
  beginPath(): void {
    this.#record("beginPath", []);
  }
  closePath(): void {
    this.#record("closePath", []);
  }
  moveTo(...args: number[]): void {
    this.#record("moveTo", args);
  }
  lineTo(...args: number[]): void {
    this.#record("lineTo", args);
  }
  rect(...args: number[]): void {
    this.#record("rect", args);
  }
  arc(...args: number[]): void {
    this.#record("arc", args);
  }
  clip(): void {
    this.#record("clip", []);
  }
  setLineDash(segments: number[]): void {
    this.lineDash = segments;
    this.#record("setLineDash", segments);
  }
  stroke(): void {
    this.#record("stroke", []);
  }
  fill(): void {
    this.#record("fill", []);
  }
  strokeText(...args: [string, number, number]): void {
    this.#record("strokeText", args);
  }
  fillText(...args: [string, number, number]): void {
    this.#record("fillText", args);
  }

  #record(name: string, args: readonly (number | string)[]): void {
    const { fillStyle, strokeStyle, lineWidth, lineDash, textAlign } = this;
    this.calls.push({ name, args: [...args], fillStyle, strokeStyle, lineWidth, lineDash, textAlign });
  }
}

/** Frames that come when a test says so. */
export class FakeFrames {
  #callbacks = new Map<number, () => void>();
  #nextHandle = 1;

  /** Drawings asked for and not yet made. */
  get pending(): number {
    return this.#callbacks.size;
  }

  requestAnimationFrame(callback: () => void): number {
    this.#callbacks.set(this.#nextHandle, callback);
    return this.#nextHandle++;
  }

  cancelAnimationFrame(handle: number): void {
    this.#callbacks.delete(handle);
  }

  /** Runs what was asked for before this frame. */
  next(): void {
    const callbacks = [...this.#callbacks.values()];
    this.#callbacks.clear();
    for (const callback of callbacks) callback();
  }
}
