import type { Fault, FaultCode } from "../codec.ts";

const ENDS = "the message ends before it is whole";

/**
 * Bytes to numbers and texts. It never throws and never reads past the end: the first thing that cannot be read becomes
 * {@link fault}, and everything read after it is zero or empty. Whoever reads a list looks at {@link failed} as it goes.
 */
export class ByteReader {
  fault: Fault | undefined;
  /** Type of the message that is being read, for the text of a fault. */
  type = "message";
  /** The request's `id`, once it was read, so that a fault can name it. */
  id: number | undefined;
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get failed(): boolean {
    return this.fault !== undefined;
  }

  /** Records that `field` is not valid; the first fault stands. Returns 0, for whoever must go on with something. */
  fail(field: string, why: string, code: FaultCode = "bad_field"): number {
    if (!this.fault) {
      const message = code === "unknown_type" ? why : `\`${field}\` of \`${this.type}\` at byte ${this.at}: ${why}.`;
      this.fault = this.id === undefined ? { code, message } : { code, message, id: this.id };
    }
    this.at = this.bytes.length;
    return 0;
  }

  /** See {@link ByteWriter.byte}. */
  byte(field: string): number {
    const value = this.bytes[this.at];
    if (value === undefined) return this.fail(field, ENDS);
    this.at++;
    return value;
  }

  /** A whole number from 0 to `max`. @param max @default 2^53 − 1 */
  count(field: string, max = Number.MAX_SAFE_INTEGER): number {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 49; scale *= 128) {
      const byte = this.byte(field);
      value += (byte & 127) * scale;
      if (byte < 128) return value <= max ? value : this.fail(field, `it may be ${max} at the most, and is ${value}`);
    }
    return this.fail(field, "a number has eight bytes at the most");
  }

  /** See {@link ByteWriter.signed}. */
  signed(field: string): number {
    const first = this.byte(field);
    const size = first < 128 ? first & 63 : (first & 63) + this.count(field) * 64;
    return this.withSign(first, size, field);
  }

  /** See {@link ByteWriter.scaled}. */
  scaled(field: string): number {
    const first = this.byte(field);
    const size = first < 128 ? first & 31 : (first & 31) + this.count(field) * 32;
    return this.withSign(first, first & 32 ? size * 100 : size, field);
  }

  /** A number that need not be whole: see {@link ByteWriter.number}. Infinities and NaN are faults. */
  number(field: string, base = 0): number {
    if (this.bytes[this.at] !== 0x40) return base + this.signed(field);
    this.at++;
    const double = this.take(8, field);
    if (double.length < 8) return 0;
    const value = new DataView(double.buffer, double.byteOffset, 8).getFloat64(0, true);
    return Number.isFinite(value) ? value : this.fail(field, "it must be a finite number");
  }

  /** A time that is seldom before `base`: see {@link ByteWriter.time}. */
  time(field: string, base: number): number {
    const later = this.count(field);
    return later > 0 ? base + later - 1 : this.number(field, base);
  }

  /** See {@link ByteWriter.word}. */
  word(field: string): number {
    const four = this.take(4, field);
    return four.length < 4 ? 0 : new DataView(four.buffer, four.byteOffset, 4).getUint32(0, true);
  }

  /** A text of `lengthMin` to `lengthMax` UTF-16 units, as JavaScript counts. @default any length */
  text(field: string, lengthMin = 0, lengthMax = Infinity): string {
    const text = this.utf8(this.take(this.count(field), field), field);
    if (text.length < lengthMin || text.length > lengthMax) {
      this.fail(field, `it must have ${lengthMin} to ${lengthMax} characters, and has ${text.length}`);
    }
    return text;
  }

  /**
   * The length of a list whose elements take a byte at least: more than the bytes that are left is a fault, so that no
   * message makes its reader allocate more than a multiple of its own size.
   */
  listLength(field: string, min = 0, max = Infinity): number {
    const length = this.count(field);
    if (length < min) return this.fail(field, `it must have at least ${min} element`);
    if (length > max) return this.fail(field, `it may have ${max} elements at the most`);
    return length <= this.bytes.length - this.at ? length : this.fail(field, ENDS);
  }

  /** Reads a list by `read`, which takes one element. */
  list<T>(field: string, read: () => T, min = 0, max = Infinity): T[] {
    const all: T[] = [];
    for (let left = this.listLength(field, min, max); left > 0 && !this.failed; left--) all.push(read());
    return all;
  }

  /** A value that was read must be from `min` to `max`. */
  check(field: string, value: number, min: number, max: number): void {
    if (value < min || value > max) this.fail(field, `it must be from ${min} to ${max}, and is ${value}`);
  }

  /** Skips what the bits of `unknown` announce: for each bit set, a length and as many bytes. */
  skip(unknown: number): void {
    for (let bits = unknown; bits > 0 && !this.failed; bits = Math.floor(bits / 2)) {
      if (bits % 2 === 1) this.take(this.count("a newer field"), "a newer field");
    }
  }

  private withSign(first: number, size: number, field: string): number {
    if (size > Number.MAX_SAFE_INTEGER) return this.fail(field, "it is beyond 2^53 - 1");
    // 0 - 0 is 0; a unary minus would make −0 of it.
    return first & 64 ? 0 - size : size;
  }

  private take(length: number, field: string): Uint8Array {
    if (length > this.bytes.length - this.at) {
      this.fail(field, ENDS);
      return new Uint8Array(0);
    }
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  private utf8(bytes: Uint8Array, field: string): string {
    let text = "";
    for (let i = 0; i < bytes.length;) {
      const first = bytes[i++] ?? 0;
      const more = first < 0x80 ? 0 : first < 0xc0 ? -1 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf8 ? 3 : -1;
      let point = more > 0 ? first & 63 >> more : first;
      let good = more >= 0;
      for (let k = 0; k < more; k++) {
        const next = bytes[i++] ?? 0;
        good = good && next >> 6 === 2;
        point = point << 6 | next & 63;
      }
      if (!good || point < (UTF8_LEAST[more] ?? 0) || point > 0x10ffff) {
        this.fail(field, "it is not UTF-8");
        return "";
      }
      text += String.fromCodePoint(point);
    }
    return text;
  }
}

/** The least code point that needs so many continuation bytes; a smaller one is an overlong form. */
const UTF8_LEAST = [0, 0x80, 0x800, 0x10000];
