import { FAILED_ATTEMPTS_MAX, SOCKET_RETRY_MIN_MS } from "../../miniprogram/net/fall_back.ts";
import { setUp } from "./client_world.ts";
import { FakePollTransport } from "./fake_poll_transport.ts";
import { MOUTAI, PING_AN, quote, resumed, snapshot, welcome } from "./server_messages.ts";

/** With `random` at 0 every wait but this one is none. */
export const SOCKET_RETRY_MS = SOCKET_RETRY_MIN_MS;

/** A client whose sockets fail, so that it asks by HTTP; two symbols are wanted. */
export function setUpPolling() {
  const http = new FakePollTransport();
  const world = setUp(() => 0, http);
  const { client, clock, transport } = world;
  const list = client.subscribe({ symbols: [MOUTAI, PING_AN], channels: ["quote"] });
  /** Every attempt at a socket fails, until HTTP is tried. */
  const failSockets = (words = "refused") => {
    if (client.state === "idle") client.open();
    for (let attempt = 0; attempt < FAILED_ATTEMPTS_MAX && http.polls.length === 0; attempt++) {
      transport.last.fail(words);
      clock.advance(0);
    }
  };
  const goPolling = () => {
    failSockets();
    http.last.answer(
      welcome(),
      resumed(http.last.resume.id, { snapshot: [MOUTAI, PING_AN] }),
      snapshot(1, quote(MOUTAI, 4), quote(PING_AN, 9)),
    );
    // The attempt that was under way fails as the others did; from here on there is one every now and then.
    if (!transport.last.hasEnded) transport.last.fail("refused");
  };
  /** The next poll comes, and nothing has changed. */
  const answerCurrent = () => http.last.answer(welcome(), resumed(http.last.resume.id, { current: [MOUTAI, PING_AN] }));
  return { ...world, http, list, failSockets, goPolling, answerCurrent };
}
