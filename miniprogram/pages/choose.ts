/** Offers a choice from below. @returns which one was taken, from 0; `undefined` where the sheet was closed without one. */
export async function choose(items: readonly string[]): Promise<number | undefined> {
  try {
    return (await wx.showActionSheet({ itemList: [...items] })).tapIndex;
  } catch (error) {
    // A sheet that is closed without a choice is reported as a failure, too.
    if ((error as WechatMiniprogram.GeneralCallbackResult).errMsg?.includes("cancel")) return undefined;
    throw error;
  }
}
