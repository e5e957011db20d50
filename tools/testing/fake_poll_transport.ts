import { assert } from "@std/assert";
import type { PollAnswer, PollRequest, PollTransport } from "../../miniprogram/net/poll_transport.ts";
import { type ClientMessageOf, decodeClient, type Resume, type ServerMessage } from "../../shared/mod.ts";

/** One poll that the client made. */
export class FakePoll {
  isGivenUp = false;
  isAnswered = false;
  readonly hello: ClientMessageOf<"hello">;

  constructor(readonly request: PollRequest, private readonly done: (answer: PollAnswer) => void) {
    const decoded = decodeClient(request.body);
    assert(decoded.ok && decoded.message.type === "hello" && decoded.message.resume, `no poll: ${request.body}`);
    this.hello = decoded.message;
  }

  get resume(): Resume {
    assert(this.hello.resume);
    return this.hello.resume;
  }

  /** Symbols asked for, in order. */
  get symbols(): string[] {
    return this.resume.groups.flatMap(({ symbols }) => symbols.map(({ symbol }) => symbol));
  }

  answer(...messages: ServerMessage[]): void {
    this.fail({ status: 200, body: JSON.stringify(messages) });
  }

  /** Answers as a server, or a network, that has no messages. @default no answer at all */
  fail(answer: PollAnswer = { status: 0, body: "" }): void {
    assert(!this.isAnswered, "a poll is answered once");
    this.isAnswered = true;
    if (!this.isGivenUp) this.done(answer);
  }
}

/** HTTP whose answers a test gives. */
export class FakePollTransport implements PollTransport {
  readonly polls: FakePoll[] = [];

  post(request: PollRequest, done: (answer: PollAnswer) => void): () => void {
    assert(this.polls.every((poll) => poll.isAnswered || poll.isGivenUp), "two polls at a time");
    const poll = new FakePoll(request, done);
    this.polls.push(poll);
    return () => poll.isGivenUp = true;
  }

  /** The newest poll. */
  get last(): FakePoll {
    const poll = this.polls.at(-1);
    assert(poll, "nothing was polled yet");
    return poll;
  }
}
