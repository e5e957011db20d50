import { SUBPROTOCOL_JSON, SUBPROTOCOLS } from "../lib/shared";

/** Connections in a row that end because of an unreadable binary message, after which text is offered instead. */
export const UNREADABLE_MAX = 2;

/** How messages are written: `binary` is compact, `text` is JSON that a person can read along. */
export type WireForm = "binary" | "text";

const TEXT: readonly string[] = [SUBPROTOCOL_JSON];

/**
 * Which subprotocols a new connection offers: the compact form first, and the readable one where that has failed, so that a
 * proxy or a server that spoils bytes costs two connections and not all of them.
 */
export class ProtocolChoice {
  private unreadable = 0;
  private isTextOnly = false;
  private wanted: WireForm = "binary";

  /** What comes of the next connection to a server that speaks both. */
  get form(): WireForm {
    return this.isTextOnly ? "text" : this.wanted;
  }

  /** In order of preference. */
  get offered(): readonly string[] {
    return this.form === "text" ? TEXT : SUBPROTOCOLS;
  }

  /** A person wants that form, also where it has failed before. */
  want(form: WireForm): void {
    this.reset();
    this.wanted = form;
  }

  /** A connection ended. @param wasUnreadable Whether it did because a binary message could not be read. */
  ended(wasUnreadable: boolean): void {
    this.unreadable = wasUnreadable ? this.unreadable + 1 : 0;
    if (this.unreadable >= UNREADABLE_MAX) this.isTextOnly = true;
  }

  /** This platform does not show what the server chose, so there must be nothing to choose from. */
  cannotBeSeen(): void {
    this.isTextOnly = true;
  }

  /** Another server: what the last one spoilt says nothing about it. */
  reset(): void {
    this.unreadable = 0;
    this.isTextOnly = false;
  }
}
