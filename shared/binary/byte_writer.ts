/** Numbers and texts to bytes, into one buffer that is used again for every message. */

const START_BYTES = 1024;

/**
 * Every number is an integer of up to 53 bits, or a double where it is not. Bits are taken apart by division, because
 * JavaScript's bit operators end at 32, and phones may lack BigInt.
 */
export class ByteWriter {
  private bytes = new Uint8Array(START_BYTES);
  private at = 0;

  /** Begins a new message in the same buffer. */
  reset(): void {
    this.at = 0;
  }

  /** The message as bytes of its own, which stay as they are when the next one is written. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.at);
  }

  /**
   * The same as a plain array, for short parts that are copied into messages: making a typed one would take as long as
   * encoding the part did.
   */
  finishPart(): readonly number[] {
    const part: number[] = [];
    for (let i = 0; i < this.at; i++) part.push(this.bytes[i] ?? 0);
    return part;
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

  /** A time that is seldom before `base`: the milliseconds since, plus one, as {@link count}; or 0 and a {@link number}. */
  time(value: number, base: number): void {
    const later = value - base + 1;
    if (Number.isSafeInteger(value) && Number.isSafeInteger(later) && later > 0) return this.count(later);
    this.byte(0);
    this.number(value, base);
  }

  /** 32 bits, the low byte first. */
  word(value: number): void {
    for (let shift = 0; shift < 32; shift += 8) this.byte(value >>> shift & 255);
  }

  /** A text: its length in bytes, then its UTF-8. Half a surrogate pair, which JSON can carry, becomes three bytes. */
  text(value: string): void {
    this.count(utf8Length(value));
    for (let i = 0; i < value.length; i++) {
      const point = value.codePointAt(i) ?? 0;
      if (point < 0x80) this.byte(point);
      else {
        if (point < 0x800) this.byte(0xc0 | point >> 6);
        else {
          if (point < 0x10000) this.byte(0xe0 | point >> 12);
          else {
            i++;
            this.byte(0xf0 | point >> 18);
            this.byte(0x80 | point >> 12 & 63);
          }
          this.byte(0x80 | point >> 6 & 63);
        }
        this.byte(0x80 | point & 63);
      }
    }
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

/** `bit`, for the flags of a message, where the optional `field` is there. */
export function flag(field: unknown, bit: number): number {
  return field === undefined ? 0 : bit;
}

function notWhole(value: number): RangeError {
  return new RangeError(`The wire carries whole numbers of up to 2^53 - 1 here, got ${value}`);
}

function utf8Length(value: string): number {
  let length = 0;
  for (let i = 0; i < value.length; i++) {
    const point = value.codePointAt(i) ?? 0;
    if (point >= 0x10000) i++;
    length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return length;
}
