import { PRICE_MAX } from "../market.ts";
import type { Fault, FaultCode } from "../codec.ts";
import { at } from "./values.ts";

/** Of a trading date, as its schema has it. */
export const DAY_MIN = 19900101;
export const DAY_MAX = 29991231;
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
  /** Set while values are passed over that build on what is not there: whatever they come to, they are no fault. */
  isBlind = false;
  private at = 0;
  private lastDay = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get failed(): boolean {
    return this.fault !== undefined;
  }

  /** Bytes that were not read yet. */
  get left(): number {
    return this.bytes.length - this.at;
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

  /** What was read of `field` has no meaning in this version of the protocol. */
  unknown(field: string): void {
    this.fail(field, "it is not known here");
  }

  /** `field` cannot be read without what an earlier message must have brought. */
  missing(field: string): void {
    if (!this.isBlind) this.fail(field, "it builds on what did not come before it");
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
      if (byte < 128) return this.within(field, value, max);
    }
    return this.fail(field, "a number has eight bytes at the most");
  }

  /** See {@link ByteWriter.signed}. */
  signed(field: string): number {
    const first = this.byte(field);
    return this.magnitude(field, first, 64, 1);
  }

  /** See {@link ByteWriter.scaled}. */
  scaled(field: string): number {
    const first = this.byte(field);
    return this.magnitude(field, first, 32, first & 32 ? 100 : 1);
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

  /** A time that is seldom before `base`: see {@link FrameWriter.time}. */
  time(field: string, base: number): number {
    const later = this.count(field);
    return later > 0 ? base + later - 1 : this.number(field, base);
  }

  /** See {@link ByteWriter.day}. */
  day(field: string): number {
    this.lastDay += this.signed(field);
    return this.within(field, this.lastDay, DAY_MAX, DAY_MIN);
  }

  /** See {@link FrameWriter.word}. */
  word(field: string): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 32; scale *= 256) value += this.byte(field) * scale;
    return value;
  }

  /** Bytes behind their number; none, after a fault. */
  raw(field: string): Uint8Array {
    return this.take(this.count(field), field);
  }

  /** A text of `lengthMin` to `lengthMax` UTF-16 units, as JavaScript counts. @default any length */
  text(field: string, lengthMin = 0, lengthMax = Infinity): string {
    const text = this.utf8(this.raw(field), field);
    this.within(`${field}.length`, text.length, lengthMax, lengthMin);
    return text;
  }

  /**
   * A list of `min` to `max` elements, each taken by `read` and at least a byte long: to claim more than the bytes that are
   * left is a fault, so that no message makes its reader allocate more than a multiple of its own size.
   */
  list<T>(field: string, read: () => T, min = 0, max = Infinity): T[] {
    const length = this.count(field);
    this.within(`${field}.length`, length, max, min);
    if (length > this.left) this.fail(field, ENDS);
    const all: T[] = [];
    while (all.length < length && !this.failed) all.push(read());
    return all;
  }

  /** A price that was foretold: how far that is out, as {@link signed}. */
  price(field: string, foretold: number): number {
    return this.within(field, foretold + this.signed(field), PRICE_MAX);
  }

  /** Shares, money or a time that was foretold: how far that is out, as {@link scaled}. */
  amount(field: string, foretold: number): number {
    return this.within(field, foretold + this.scaled(field), Number.MAX_SAFE_INTEGER);
  }

  /** `value`, which must be from `min` to `max`. */
  within(field: string, value: number, max: number, min = 0): number {
    if (!this.isBlind && !(value >= min && value <= max)) {
      this.fail(field, `it must be from ${min} to ${max}, and is ${value}`);
    }
    return value;
  }

  /** Skips what the bits of `unknown` announce: for each bit set, a length and as many bytes. */
  skip(unknown: number): void {
    for (let bits = unknown; bits > 0 && !this.failed; bits = Math.floor(bits / 2)) {
      if (bits % 2 === 1) this.raw("a newer field");
    }
  }

  /** @param room One more than the low bits of `first` can hold. */
  private magnitude(field: string, first: number, room: number, scale: number): number {
    const size = (first % room + (first < 128 ? 0 : this.count(field) * room)) * scale;
    if (size > Number.MAX_SAFE_INTEGER) return this.fail(field, "it is beyond 2^53 - 1");
    // 0 - 0 is 0; a unary minus would make −0 of it.
    return first & 64 ? 0 - size : size;
  }

  private take(length: number, field: string): Uint8Array {
    if (length > this.left) {
      this.fail(field, ENDS);
      return new Uint8Array(0);
    }
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  private utf8(bytes: Uint8Array, field: string): string {
    let text = "";
    for (let i = 0; i < bytes.length;) {
      const first = at(bytes, i++);
      // As many ones lead a character's first byte as it has bytes; one alone leads those that follow.
      const ones = Math.clz32(~(first << 24));
      let point = first & 127 >> ones;
      let good = ones !== 1 && ones < UTF8_LEAST.length;
      for (let left = ones; left > 1; left--) {
        const next = at(bytes, i++);
        good = good && next >> 6 === 2;
        point = point << 6 | next & 63;
      }
      if (!good || point < at(UTF8_LEAST, ones) || point > 0x10ffff) {
        this.fail(field, "it is not UTF-8");
        return "";
      }
      text += String.fromCodePoint(point);
    }
    return text;
  }
}

/** The least code point of a character with so many leading ones; a smaller one is an overlong form. */
const UTF8_LEAST = [0, 0, 0x80, 0x800, 0x10000];
