/** Numbers and texts to bytes, into one buffer that is used again for every message. */

const START_BYTES = 1024;

/**
 * Every number is an integer of up to 53 bits, or a double where it is not. Bits are taken apart by division, because
 * JavaScript's bit operators end at 32, and phones may lack BigInt.
 */
export class ByteWriter {
  protected bytes = new Uint8Array(START_BYTES);
  /** Where the next byte goes. */
  protected at = 0;
  private lastDay = 0;

  /** Begins a new message in the same buffer. */
  reset(): void {
    this.at = 0;
    this.lastDay = 0;
  }

  /** The message as bytes of its own, which stay as they are when the next one is written. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.at);
  }

  /** One byte, 0 to 255. */
  byte(value: number): void {
    if (this.at === this.bytes.length) this.grow(1);
    this.bytes[this.at++] = value;
  }

  /**
   * A whole number from 0 to 2^53 − 1: seven bits a byte, the low ones first, the top bit set on all but the last.
   *
   * @throws RangeError for any other number: a message with one is a defect of the program that made it.
   */
  count(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw notWhole(value);
    let rest = value;
    while (rest >= 128) {
      this.byte(rest % 128 | 128);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }

  /** A whole number of either sign: the first byte has the sign in bit 6 and six bits of the magnitude. */
  signed(value: number): void {
    const sign = value < 0 ? 64 : 0;
    this.magnitude(sign, Math.abs(value), 64);
  }

  /** As {@link signed}, but bit 5 of the first byte says that the magnitude counts hundreds: shares come in lots of 100. */
  scaled(value: number): void {
    const size = Math.abs(value);
    const hundreds = size % 100 === 0;
    this.magnitude((value < 0 ? 64 : 0) | (hundreds ? 32 : 0), hundreds ? size / 100 : size, 32);
  }

  /** `value` as its difference from `base`, or, where that is no whole number of 53 bits, 0x40 and a double. */
  number(value: number, base = 0): void {
    if (Number.isSafeInteger(value) && Number.isSafeInteger(value - base)) return this.signed(value - base);
    this.byte(0x40);
    const double = new Uint8Array(8);
    new DataView(double.buffer).setFloat64(0, value, true);
    this.raw(double);
  }

  /** A day as yyyymmdd, as {@link signed} difference from the day before it in the same message. */
  day(value: number): void {
    this.signed(value - this.lastDay);
    this.lastDay = value;
  }

  /** A text: its length in bytes, then its UTF-8. */
  text(value: string): void {
    const bytes = utf8(value);
    this.count(bytes.length);
    this.raw(bytes);
  }

  /** Bytes as they are: a part that was encoded before. */
  raw(part: ArrayLike<number>): void {
    const { length } = part;
    if (this.at + length > this.bytes.length) this.grow(length);
    for (let i = 0; i < length; i++) this.bytes[this.at++] = part[i] ?? 0;
  }

  private magnitude(flags: number, size: number, room: number): void {
    if (!Number.isSafeInteger(size)) throw notWhole(size);
    if (size < room) return this.byte(flags | size);
    this.byte(128 | flags | size % room);
    this.count(Math.floor(size / room));
  }

  private grow(more: number): void {
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.at + more));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

function notWhole(value: number): RangeError {
  return new RangeError(`The wire carries whole numbers of up to 2^53 - 1 here, got ${value}`);
}

/** Half a surrogate pair, which JSON can carry, becomes three bytes. */
function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const more = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    bytes.push(more === 0 ? point : 0xff << 7 - more & 0xff | point >> 6 * more);
    for (let left = more - 1; left >= 0; left--) bytes.push(0x80 | point >> 6 * left & 63);
  }
  return bytes;
}
