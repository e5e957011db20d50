// The adapter's package.json points at a type file that does not exist; this module is the one place that knows.
// @ts-types="glass-easel-miniprogram-adapter/dist/glass_easel_miniprogram_adapter.d.ts"
import * as adapter from "glass-easel-miniprogram-adapter";

export { adapter };
export const glassEasel = adapter.glassEasel;
