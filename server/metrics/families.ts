import { Counter, Gauge, type Registry } from "prom-client";
import type { LagHistogram } from "../delivery/lag_histogram.ts";
import { LagFamily } from "./lag_family.ts";

/** One sample: the values of the labels, in the order of their names, and the number. */
export type Sample = readonly [labels: readonly string[], value: number];

/**
 * Puts numbers that are counted elsewhere into a registry. Each is given as a function, called when somebody asks: nothing
 * is copied, and no library stands in the way of a frame.
 */
export class Families {
  constructor(private readonly registry: Registry) {}

  /** A number that only grows. @param name Ends with `_total`. */
  counter(name: string, help: string, read: () => number): void {
    this.counters(name, help, [], () => [[[], read()]]);
  }

  /** Numbers that only grow, told apart by labels. @param name Ends with `_total`. */
  counters(name: string, help: string, labelNames: readonly string[], read: () => readonly Sample[]): void {
    new Counter({
      name,
      help,
      labelNames,
      registers: [this.registry],
      collect() {
        this.reset();
        for (const [labels, value] of read()) this.inc(labelled(labelNames, labels), value);
      },
    });
  }

  /** A number that goes up and down. */
  gauge(name: string, help: string, read: () => number): void {
    this.gauges(name, help, [], () => [[[], read()]]);
  }

  /** Numbers that go up and down, told apart by labels. */
  gauges(name: string, help: string, labelNames: readonly string[], read: () => readonly Sample[]): void {
    new Gauge({
      name,
      help,
      labelNames,
      registers: [this.registry],
      collect() {
        this.reset();
        for (const [labels, value] of read()) this.set(labelled(labelNames, labels), value);
      },
    });
  }

  /** How late things were. @param name Ends with `_seconds`. */
  lag(name: string, help: string, lag: LagHistogram): void {
    new LagFamily(this.registry, name, help, lag);
  }
}

function labelled(names: readonly string[], values: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name, i) => [name, values[i] ?? ""]));
}
