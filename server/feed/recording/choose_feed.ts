/** What the server serves: its own feed or a recording of an earlier one, and either of them recorded where that is asked for. */
import type { Clock } from "../../../shared/mod.ts";
import type { Feed } from "../feed.ts";
import { Recording } from "./recording.ts";
import { RecordingFeed } from "./recording_feed.ts";
import { createRecordingFile, openRecordingFile } from "./recording_file.ts";
import { ReplayFeed, type ReplayFeedOptions } from "./replay_feed.ts";

export interface FeedChoice {
  /** File to record into; empty for none. */
  readonly record: string;
  /** Recording to replay in place of the live feed; empty for none. */
  readonly replay: string;
  /** Recorded seconds per second. */
  readonly replaySpeed: number;
  readonly replayAtEnd: NonNullable<ReplayFeedOptions["atEnd"]>;
}

export interface FeedParts {
  readonly clock: Clock;
  /** Makes the live feed; not called when a recording is replayed. */
  readonly live: () => Feed;
  /** The live feed's seed, for the recording's header. */
  readonly seed?: number | undefined;
  readonly logger: {
    info(message: string): void;
    error(message: string): void;
  };
}

/**
 * Opens the files and makes the feed; nothing ticks yet.
 *
 * @throws RecordingError when a file cannot be made, opened or replayed, with a sentence to show to whoever started the server.
 */
export function chooseFeed({ record, replay, replaySpeed, replayAtEnd }: FeedChoice, parts: FeedParts): Feed {
  const { clock, live, seed, logger } = parts;
  const feed = replay === "" ? live() : new ReplayFeed({
    recording: openedRecording(replay),
    clock,
    speed: replaySpeed,
    atEnd: replayAtEnd,
    onEnd: ({ complete, message }) => complete ? logger.info(plain(message)) : logger.error(plain(message)),
  });
  if (record === "") return feed;
  return new RecordingFeed({
    feed,
    target: createRecordingFile(record),
    clock,
    seed: replay === "" ? seed : undefined,
    onFault: (message) => logger.error(plain(message)),
  });
}

function openedRecording(path: string): Recording {
  const source = openRecordingFile(path);
  try {
    return new Recording(source);
  } catch (error) {
    source.close();
    throw error;
  }
}

/** A file's name may have braces, which mean something to the logger. */
function plain(message: string): string {
  return message.replaceAll("{", "{{").replaceAll("}", "}}");
}
