/** HTTP and WebSocket by hand over a plain connection, for what no library lets a client do wrong. */

/** Longest wait for anything, in milliseconds, before a test fails instead of hanging. */
const PATIENCE_MS = 20_000;

/** Rejects when `promise` takes longer than a test can be kept waiting. */
export function inTime<T>(promise: Promise<T>, what: string, ms = PATIENCE_MS): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited ${ms} ms for ${what}`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export interface Handshake {
  /** @default "GET /ws HTTP/1.1" */
  readonly requestLine?: string;
  /** Headers to change, or to leave out where `undefined`. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** The subprotocols offered. @default "tickwire.v1.json" */
  readonly protocol?: string;
}

/** The text of an opening handshake that is good but for what is changed. */
export function handshakeText({ requestLine = "GET /ws HTTP/1.1", headers = {}, protocol }: Handshake = {}): string {
  const all: Record<string, string | undefined> = {
    "Host": "localhost",
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": protocol ?? "tickwire.v1.json",
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => value === undefined ? [] : [`${name}: ${value}`]);
  return [requestLine, ...lines, "", ""].join("\r\n");
}

/** Reads bytes of a connection in the pieces that a parser asks for. */
class ByteReader {
  #held = new Uint8Array();

  constructor(private readonly connection: Deno.Conn) {}

  /** @returns `undefined` where the connection ends first. */
  async take(count: number): Promise<Uint8Array | undefined> {
    while (this.#held.length < count) if (!await this.#more()) return undefined;
    const taken = this.#held.slice(0, count);
    this.#held = this.#held.slice(count);
    return taken;
  }

  /** Throws away what has arrived already. @returns How many bytes that was. */
  takeHeld(): number {
    const { length } = this.#held;
    this.#held = new Uint8Array();
    return length;
  }

  /** Everything up to and including an empty line. */
  async head(): Promise<string> {
    for (;;) {
      const text = new TextDecoder("latin1").decode(this.#held);
      const end = text.indexOf("\r\n\r\n");
      if (end >= 0) {
        await this.take(end + 4);
        return text.slice(0, end);
      }
      if (!await this.#more()) throw new Error(`The connection ended within an HTTP head: ${JSON.stringify(text)}`);
    }
  }

  async #more(): Promise<boolean> {
    const chunk = new Uint8Array(65_536);
    const count = await this.connection.read(chunk).catch(() => null);
    if (count === null) return false;
    const joined = new Uint8Array(this.#held.length + count);
    joined.set(this.#held);
    joined.set(chunk.subarray(0, count), this.#held.length);
    this.#held = joined;
    return true;
  }
}

/** @param hasBody False for the answer to HEAD, which only says how long a body would be. */
async function readAnswer(reader: ByteReader, hasBody = true): Promise<HttpAnswer> {
  const [statusLine = "", ...lines] = (await reader.head()).split("\r\n");
  const headers = new Headers(lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  }));
  const body = await reader.take(hasBody ? Number(headers.get("content-length") ?? 0) : 0);
  return { status: Number(statusLine.split(" ")[1]), headers, body: new TextDecoder().decode(body) };
}

/** Sends `text` as it is to a fresh connection and reads one HTTP answer. */
export async function exchange(port: number, text: string): Promise<HttpAnswer> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  try {
    // A server may refuse a long request before it has read it all; its answer is what matters then.
    writeAll(connection, new TextEncoder().encode(text)).catch(() => {});
    return await inTime(readAnswer(new ByteReader(connection), !text.startsWith("HEAD ")), "an HTTP answer");
  } finally {
    connection.close();
  }
}

async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) sent += await connection.write(bytes.subarray(sent));
}

export interface Frame {
  readonly opcode: number;
  readonly payload: Uint8Array;
}

export interface FrameOptions {
  /** Whether it is the last fragment of its message. @default true */
  readonly fin?: boolean;
  /** @default true */
  readonly masked?: boolean;
  /** The reserved bits, 0 to 7. @default 0 */
  readonly rsv?: number;
}

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface Closed {
  /** The code of the peer's close frame; 1005 where it had none, 1006 where the line just ended. */
  readonly code: number;
  readonly reason: string;
}

/** A WebSocket whose every byte is the test's. It answers nothing by itself and reads only when asked. */
export class RawSocket implements Disposable {
  private constructor(
    private readonly connection: Deno.Conn,
    private readonly reader: ByteReader,
    readonly answer: HttpAnswer,
  ) {}

  /** @throws Error where the server does not switch protocols. */
  static async connect(port: number, handshake: Handshake = {}): Promise<RawSocket> {
    return await RawSocket.over(await Deno.connect({ hostname: "127.0.0.1", port }), handshake);
  }

  /** The same over a connection that is there already, such as one with TLS. */
  static async over(connection: Deno.Conn, handshake: Handshake = {}): Promise<RawSocket> {
    await writeAll(connection, new TextEncoder().encode(handshakeText(handshake)));
    return await RawSocket.answered(connection);
  }

  /** The same over a connection on which the handshake was sent already, with more behind it. */
  static async answered(connection: Deno.Conn): Promise<RawSocket> {
    const reader = new ByteReader(connection);
    const answer = await inTime(readAnswer(reader), "the answer to a handshake");
    if (answer.status === 101) return new RawSocket(connection, reader, answer);
    connection.close();
    throw new Error(`The handshake got ${answer.status} ${answer.body}`);
  }

  /** Sends one frame. A client's frames are masked, unless a test wants it wrong. */
  async sendFrame(opcode: number, payload: Uint8Array, options?: FrameOptions): Promise<void> {
    await writeAll(this.connection, RawSocket.frameBytes(opcode, payload, options));
  }

  /** The bytes of one frame, to send more than once. */
  static frameBytes(
    opcode: number,
    payload: Uint8Array,
    { fin = true, masked = true, rsv = 0 }: FrameOptions = {},
  ): Uint8Array<ArrayBuffer> {
    const long = payload.length > 65_535;
    const length = payload.length < 126
      ? [payload.length]
      : long
      ? [127]
      : [126, payload.length >> 8, payload.length & 255];
    if (long) {
      for (let shift = 56; shift >= 0; shift -= 8) {
        length.push(Math.floor(payload.length / 2 ** shift) & 255);
      }
    }
    const mask = masked ? [1, 2, 3, 4] : [];
    const head = [
      (fin ? 128 : 0) | (rsv << 4) | opcode,
      (length[0] ?? 0) | (masked ? 128 : 0),
      ...length.slice(1),
      ...mask,
    ];
    const frame = new Uint8Array(head.length + payload.length);
    frame.set(head);
    frame.set(masked ? payload.map((byte, i) => byte ^ (mask[i % 4] ?? 0)) : payload, head.length);
    return frame;
  }

  async sendText(text: string): Promise<void> {
    await this.sendFrame(OPCODE.text, new TextEncoder().encode(text));
  }

  /** Bytes as they are, such as half a frame. */
  async sendBytes(bytes: Uint8Array): Promise<void> {
    await writeAll(this.connection, bytes);
  }

  /** The next frame of the server, or `undefined` where the line has ended. */
  async nextFrame(): Promise<Frame | undefined> {
    return await inTime(this.#frame(), "a frame");
  }

  /** The server's next text message, parsed; anything but text in between is left out. `undefined` at a close or the end. */
  async nextMessage(): Promise<Record<string, unknown> | undefined> {
    for (;;) {
      const frame = await this.nextFrame();
      if (frame === undefined || frame.opcode === OPCODE.close) return undefined;
      if (frame.opcode === OPCODE.text) return JSON.parse(new TextDecoder().decode(frame.payload));
    }
  }

  /** Reads until the server closes, answers its close frame as a good peer does, and says how it went. */
  async untilClosed(): Promise<Closed & { readonly messages: Record<string, unknown>[] }> {
    const messages: Record<string, unknown>[] = [];
    for (;;) {
      const frame = await this.nextFrame();
      if (frame === undefined) return { code: 1006, reason: "", messages };
      if (frame.opcode === OPCODE.text) messages.push(JSON.parse(new TextDecoder().decode(frame.payload)));
      if (frame.opcode !== OPCODE.close) continue;
      const { payload } = frame;
      const code = payload.length < 2 ? 1005 : (payload[0] ?? 0) * 256 + (payload[1] ?? 0);
      await this.sendFrame(OPCODE.close, payload).catch(() => {});
      return { code, reason: new TextDecoder().decode(payload.slice(2)), messages };
    }
  }

  /** Reads what is left, to the end of the line, and counts its bytes. */
  async countRest(): Promise<number> {
    let bytes = 0;
    while (await inTime(this.reader.take(1), "the end of a line")) bytes += 1 + this.reader.takeHeld();
    return bytes;
  }

  async #frame(): Promise<Frame | undefined> {
    const head = await this.reader.take(2);
    if (!head) return undefined;
    let length = (head[1] ?? 0) & 127;
    if (length >= 126) {
      const bytes = await this.reader.take(length === 126 ? 2 : 8);
      if (!bytes) return undefined;
      length = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
    }
    const payload = await this.reader.take(length);
    return payload && { opcode: (head[0] ?? 0) & 15, payload };
  }

  [Symbol.dispose](): void {
    try {
      this.connection.close();
    } catch {
      // It has ended.
    }
  }
}
