/** What the mini-program's setData has cost since the start or the last reset; tests bound it. */
export interface SetDataStats {
  /** Calls. */
  setDataCount: number;
  /** Length of all data as JSON, in UTF-16 code units. */
  setDataBytes: number;
  /** The longest single call, in UTF-16 code units. */
  setDataBytesMax: number;
  /** Time spent in setData, in ms. */
  setDataMs: number;
}

export const stats: SetDataStats = { setDataCount: 0, setDataBytes: 0, setDataBytesMax: 0, setDataMs: 0 };

/** Starts counting anew. */
export function resetStats(): void {
  Object.assign(stats, { setDataCount: 0, setDataBytes: 0, setDataBytesMax: 0, setDataMs: 0 });
}
