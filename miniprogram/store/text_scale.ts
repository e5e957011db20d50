/** Type size that WeChat calls usual, in pixels. */
const USUAL_PX = 16;

/** Largest type, as a multiple of the usual: beyond it a price and its change find no room in one row of a phone. */
const SCALE_MAX = 1.4;

/** From here on what is beside goes below, and what only decorates goes. */
const LARGE_FROM = 1.15;

/**
 * How much larger than usual a reader wants type, 1 to {@link SCALE_MAX}.
 *
 * @param fontSizeSetting What WeChat's own setting says (我 → 设置 → 通用 → 字体大小), in pixels; some hosts do not say.
 */
export function textScale(fontSizeSetting: number | undefined): number {
  const scale = (fontSizeSetting ?? USUAL_PX) / USUAL_PX;
  return Number.isFinite(scale) ? Math.min(SCALE_MAX, Math.max(1, Math.round(scale * 100) / 100)) : 1;
}

export function isLargeType(scale: number): boolean {
  return scale >= LARGE_FROM;
}
