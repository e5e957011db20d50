/// <reference lib="dom" />
// The phone's element and its size. All lengths a mini-program sees are relative to it, never to the window.

/** Logical size of the framed phone, in CSS px. */
export const FRAME_WIDTH_PX = 375;
/** Below this window width the mini-program fills the window and no frame is drawn. */
export const NARROW_BELOW_PX = 600;

/** Finds an element the page is known to have. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) {
    throw new Error(`The preview's page has no element #${id}. It does not match this runtime; build again.`);
  }
  return element;
}

/** The screen of the phone: status bar, navigation bar, pages and tab bar. */
export const phone = byId("phone");

/** Keeps the CSS units of the phone in step with its size. Call `changed` after each change. */
export function followPhoneSize(changed: () => void): void {
  const apply = () => {
    const { width } = phoneSize();
    const { height } = windowSize();
    phone.style.setProperty("--rpx", `${width / 750}px`);
    phone.style.setProperty("--vw", `${width / 100}px`);
    phone.style.setProperty("--vh", `${height / 100}px`);
  };
  apply();
  const observer = new ResizeObserver(() => {
    apply();
    changed();
  });
  observer.observe(phone);
  observer.observe(byId("pages"));
}

/** The screen's size in CSS px. */
export function phoneSize(): { width: number; height: number } {
  return { width: phone.clientWidth, height: phone.clientHeight };
}

/** The size of the area pages are shown in: the screen without navigation and tab bar. In CSS px. */
export function windowSize(): { width: number; height: number } {
  const pages = byId("pages");
  return { width: pages.clientWidth, height: pages.clientHeight };
}

/** Whether the frame is drawn around the phone. */
export function isFramed(): boolean {
  return globalThis.innerWidth >= NARROW_BELOW_PX;
}

/** How the phone is drawn. */
interface Drawing {
  /** How much smaller or larger than its logical size: a low window shrinks it. */
  readonly scale: number;
  /** Whether it lies on its side, its top at the window's right edge: a page in landscape in an upright window. */
  readonly isTurned: boolean;
}

function drawing(): Drawing {
  const { width, height } = phone.getBoundingClientRect();
  const isTurned = width < height && phone.offsetWidth > phone.offsetHeight;
  return { scale: (isTurned ? height : width) / phone.offsetWidth || 1, isTurned };
}

/** A box in logical px. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
  width: number;
  height: number;
}

/** Turns a box of the browser's into one relative to `origin`, in the phone's logical px. */
export function logicalBox(box: DOMRectReadOnly, origin: DOMRectReadOnly): Box {
  const { scale, isTurned } = drawing();
  // Scaling leaves a noise that would make a canvas of 159.99… px one pixel too low.
  const logical = (drawn: number) => Math.round(drawn / scale * 1000) / 1000;
  const left = logical(isTurned ? box.top - origin.top : box.left - origin.left);
  const top = logical(isTurned ? origin.right - box.right : box.top - origin.top);
  const width = logical(isTurned ? box.height : box.width);
  const height = logical(isTurned ? box.width : box.height);
  return { left, top, right: left + width, bottom: top + height, width, height };
}

/** The browser's box of the page that an element belongs to. */
export function pageOrigin(element: Element): DOMRectReadOnly {
  return (element.closest(".page-frame") ?? phone).getBoundingClientRect();
}
