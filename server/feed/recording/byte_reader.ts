/** The reverse of byte_writer.ts. */
export class ByteReader {
  #at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get done(): boolean {
    return this.#at >= this.bytes.length;
  }

  /** @throws RangeError when the bytes end within the number, or it is more than 2^53 − 1. */
  uint(): number {
    let value = 0;
    for (let scale = 1;; scale *= 0x80) {
      const byte = this.#byte();
      value += (byte % 0x80) * scale;
      if (value > Number.MAX_SAFE_INTEGER) throw new RangeError("a number is larger than 2^53 − 1");
      if (byte < 0x80) return value;
      if (scale > 2 ** 49) throw new RangeError("a number has more than eight bytes");
    }
  }

  /** @throws RangeError when the bytes end within the number, or it is beyond ±(2^53 − 1). */
  int(): number {
    const first = this.#byte();
    const low = (first % 0x80) >> 1;
    const magnitude = first < 0x80 ? low : low + this.uint() * 0x40;
    if (magnitude > Number.MAX_SAFE_INTEGER) throw new RangeError("a number is beyond ±(2^53 − 1)");
    return first % 2 === 1 ? -magnitude : magnitude;
  }

  #byte(): number {
    const byte = this.bytes[this.#at];
    if (byte === undefined) throw new RangeError("the bytes end within a record");
    this.#at++;
    return byte;
  }
}
