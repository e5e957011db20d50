/** What a page is without its page: it shows what it computes while it is shown. */
interface Screen {
  show(): void;
  hide(): void;
  dispose(): void;
}

interface ScreenPage {
  readonly screen: Screen | undefined;
}

/** What every page tells its screen in the same way: spread into the page, before what it does otherwise. */
export const SCREEN_LIFE = {
  onShow(this: ScreenPage): void {
    this.screen?.show();
  },

  onHide(this: ScreenPage): void {
    this.screen?.hide();
  },

  onUnload(this: ScreenPage): void {
    this.screen?.dispose();
  },
};
