import { decodeServer, encode, SUBPROTOCOL_JSON } from "../../shared/mod.ts";

export interface Traffic {
  /** Bytes of WebSocket payload a second, both kinds of frame overhead left out. */
  readonly bytesPerSecond: number;
  readonly framesPerSecond: number;
  readonly updatesPerSecond: number;
  /** Ticks that the updates stand for, a second: what a server that sends every tick would have sent. */
  readonly ticksPerSecond: number;
  readonly bytesPerUpdate: number;
}

/** Connects one client, subscribes to the quotes of `symbols`, and counts what comes in `spanMs` once it is live. */
export function measureTraffic(port: number, symbols: readonly string[], spanMs: number): Promise<Traffic> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, SUBPROTOCOL_JSON);
  let bytes = 0, frames = 0, updates = 0, ticks = 0, counting = false;
  return new Promise((resolve, reject) => {
    const finish = () => {
      socket.onclose = null;
      socket.close();
      const perSecond = (count: number) => count * 1000 / spanMs;
      resolve({
        bytesPerSecond: perSecond(bytes),
        framesPerSecond: perSecond(frames),
        updatesPerSecond: perSecond(updates),
        ticksPerSecond: perSecond(ticks),
        bytesPerUpdate: bytes / updates,
      });
    };
    socket.onopen = () => socket.send(encode({ type: "hello", acks: true, client: "bench" }));
    socket.onclose = (event) => reject(new Error(`The server closed with ${event.code} ${event.reason}`));
    socket.onmessage = ({ data }) => {
      const decoded = decodeServer(data);
      if (!decoded.ok) return reject(new Error(decoded.fault.message));
      const { message } = decoded;
      if (message.type === "welcome") {
        socket.send(JSON.stringify({ type: "subscribe", id: 1, symbols, channels: ["quote"] }));
      } else if (message.type === "ping") socket.send(encode({ type: "pong" }));
      else if (message.type === "snapshot" && message.live && !counting) {
        counting = true;
        setTimeout(finish, spanMs);
      } else if (message.type === "update" && counting) {
        bytes += new TextEncoder().encode(data).length;
        frames++;
        updates += message.quotes.length;
        for (const quote of message.quotes) ticks += quote.merged;
      }
      if ("frame" in message) socket.send(encode({ type: "ack", frame: message.frame }));
    };
  });
}
