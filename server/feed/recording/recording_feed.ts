/** A feed that is recorded: it behaves as the one within, and everything it pushes is also written to a file. */
import type { Channel, Clock, Instrument } from "../../../shared/mod.ts";
import { type Feed, type FeedClock, type FeedSink, TICK_CHANNELS } from "../feed.ts";
import { makeHeader } from "./header.ts";
import { RecordingSink } from "./recording_sink.ts";
import { type RecordingTarget, RecordingWriter } from "./recording_writer.ts";

export interface RecordingFeedOptions {
  readonly feed: Feed;
  /** An empty file: see `createRecordingFile`. */
  readonly target: RecordingTarget;
  readonly clock: Clock;
  /** The seed of the simulated exchange, for whoever wants to make the same day anew. */
  readonly seed?: number | undefined;
  /** Called once, with a sentence to log, when the recording ends before its time. */
  readonly onFault: (message: string) => void;
}

export class RecordingFeed implements Feed {
  readonly instruments: readonly Instrument[];
  readonly clock: FeedClock;
  readonly channels: readonly Channel[];
  readonly #options: RecordingFeedOptions;
  readonly #writer: RecordingWriter;
  readonly #startedMs: number;
  #sink: RecordingSink | undefined;

  /** Writes the header, so that a file that cannot be written is known before anything starts. */
  constructor(options: RecordingFeedOptions) {
    const { feed, target, clock, seed } = options;
    this.#options = options;
    this.instruments = feed.instruments;
    this.clock = feed.clock;
    this.channels = feed.channels ?? TICK_CHANNELS;
    this.#startedMs = Math.floor(clock.nowMs());
    this.#writer = new RecordingWriter(
      target,
      makeHeader({ instruments: feed.instruments, clock: feed.clock, startedMs: this.#startedMs, seed }),
    );
  }

  start(sink: FeedSink): void {
    const { feed, clock, onFault } = this.#options;
    const recording = new RecordingSink({
      sink,
      writer: this.#writer,
      market: feed.clock,
      clock,
      startedMs: this.#startedMs,
      onFault,
    });
    this.#sink = recording;
    try {
      feed.start(recording);
    } catch (error) {
      recording.end();
      throw error;
    }
    recording.started();
  }

  stop(): void {
    this.#options.feed.stop();
    if (this.#sink) this.#sink.end();
    else this.#writer.abandon();
  }
}
