import { ByteWriter } from "./byte_writer.ts";

/** Bytes that messages are cut from one after the other. */
const SLAB_BYTES = 64 * 1024;

/** What only a server needs, which makes very many short messages: phones are spared it. */
export class FrameWriter extends ByteWriter {
  private slab = new Uint8Array(0);
  private slabAt = 0;

  /**
   * The message as a view of a larger buffer: for short ones, of which a buffer of its own would take longer to make than all
   * the rest. The bytes stay as they are; the whole buffer stays as long as one of its messages is held.
   */
  finishView(): Uint8Array<ArrayBuffer> {
    if (this.slabAt + this.at > this.slab.length) {
      if (this.at > SLAB_BYTES / 8) return this.finish();
      this.slab = new Uint8Array(SLAB_BYTES);
      this.slabAt = 0;
    }
    const view = this.slab.subarray(this.slabAt, this.slabAt + this.at);
    for (let i = 0; i < this.at; i++) view[i] = this.bytes[i] ?? 0;
    this.slabAt += this.at;
    return view;
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

  /** A time that is seldom before `base`: the milliseconds since, plus one, as {@link ByteWriter.count}; or 0 and a {@link ByteWriter.number}. */
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
}
