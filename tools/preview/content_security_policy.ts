/**
 * The strictest Content-Security-Policy under which the preview runs: no inline script or style, no eval. `ws:` and
 * `wss:` are open because the quote server's address is a setting of the mini-program.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self' ws: wss:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join("; ");
