/** Whole numbers as bytes, the small ones in one byte. The reverse is byte_reader.ts. */

const FIRST_BYTES = 4_096;

/** Bytes that grow at their end, and can be taken back to a mark. */
export class ByteWriter {
  #bytes = new Uint8Array(FIRST_BYTES);
  #length = 0;

  /** Bytes written since the last {@link clear}. */
  get length(): number {
    return this.#length;
  }

  /** What was written. The view is good until the next call. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Forgets everything after the first `length` bytes. */
  rewind(length: number): void {
    this.#length = Math.min(this.#length, length);
  }

  clear(): void {
    this.#length = 0;
  }

  /** A whole number from 0 to 2^53 − 1: seven bits a byte, the lowest first, the top bit set on all but the last. */
  uint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.#byte(rest % 0x80 + 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.#byte(rest);
  }

  /**
   * A whole number from −(2^53 − 1) to 2^53 − 1: the first byte has the sign in its lowest bit, then six bits of the
   * magnitude, and its top bit says that the rest of the magnitude follows as {@link uint}.
   */
  int(value: number): void {
    const magnitude = Math.abs(value);
    const first = magnitude % 0x40 * 2 + (value < 0 ? 1 : 0);
    if (magnitude < 0x40) return this.#byte(first);
    this.#byte(first + 0x80);
    this.uint(Math.floor(magnitude / 0x40));
  }

  #byte(value: number): void {
    if (this.#length === this.#bytes.length) {
      const grown = new Uint8Array(this.#bytes.length * 2);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes[this.#length++] = value;
  }
}
