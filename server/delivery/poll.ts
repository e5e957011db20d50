import { type ClientMessageOf, encode, type Resume, SUBPROTOCOL_JSON } from "../../shared/mod.ts";
import type { ClientSocket } from "./client_socket.ts";
import { Session, type SessionContext } from "./session.ts";
import type { MessageData } from "./session_codec.ts";

/** Keeps what a session says, in place of a line to a client. */
class Letterbox implements ClientSocket {
  readonly messages: string[] = [];
  readonly bufferedBytes = 0;

  send(data: MessageData): void {
    if (typeof data === "string") this.messages.push(data);
  }

  close(): void {}
}

/**
 * Answers one hello as a connection would within its first moment, and ends: what a client has stands in its `resume`, so
 * nothing is remembered between two polls. What does not fit into a window's bytes is left for the next one.
 *
 * @returns The messages as JSON texts.
 */
export function answerPoll(hello: ClientMessageOf<"hello">, context: SessionContext): string[] {
  const letterbox = new Letterbox();
  const session = new Session("poll", SUBPROTOCOL_JSON, letterbox, { ...context, setRate() {}, ended() {} });
  session.receive(encode({ ...hello, acks: false, ...hello.resume ? { resume: withoutNear(hello.resume) } : {} }));
  session.closedByPeer();
  return letterbox.messages;
}

/** Polls are slower than near symbols are anyway, and one poll has no next period in which those would be due. */
function withoutNear(resume: Resume): Resume {
  return {
    ...resume,
    groups: resume.groups.map((group) => group.tier === "near" ? { ...group, tier: "visible" } : group),
  };
}
