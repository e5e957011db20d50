/**
 * Most that one package of the mini-program may weigh, in bytes, as WeChat's compiler emits it.
 *
 * WeChat refuses a main package above 2 MB, but long before that a phone makes its owner wait: the whole main package
 * is downloaded before the first page appears, and a subpackage before the first of its own. At 300 KB that takes one second over a line of 2.4 Mbit/s, a poor
 * mobile connection, and someone who opens a quote app wants the price, not a progress ring. A change that needs more
 * should first move something into a subpackage.
 */
export const COMPILED_BYTES_MAX = 300 * 1024;
