/*
 * Frames of tickwire.v1.bin (shared/PROTOCOL_BINARY.md), as far as a subscriber of `quote` alone meets them. Most values
 * are passed over: of an update only its ticks and its exchange time are wanted, and those need no prediction but the
 * time before. What is not understood ends the program, because everything after it would be miscounted.
 *
 * `load decode` reads a stream of such frames from standard input, a `welcome` before them, each after its length in four
 * bytes, and prints sums that a test compares with those of the messages from which the stream was made.
 */
#include "load.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MASK = 1, CANDLE = 2, DEPTH = 4, DEPTH_WHOLE = 8, CRC = 16, WHOLE = 32, MERGED = 64 };
enum { TURNOVER_FIELD = 8, TIME_FIELD = 9, FIELDS = 12 };
#define TRADE_MASK 0x380        /* volume, turnover and exchangeTimeMs */

struct reader { const unsigned char *at, *end; };

static unsigned read_byte(struct reader *r) {
  if (r->at == r->end) fail("a binary frame ends too soon");
  return *r->at++;
}

static void skip(struct reader *r, long long bytes) {
  if (bytes > r->end - r->at) fail("a binary frame ends too soon");
  r->at += bytes;
}

static long long read_count(struct reader *r) {
  long long value = 0;
  for (int shift = 0; shift < 56; shift += 7) {
    long long byte = read_byte(r);
    value |= (byte & 127) << shift;
    if (byte < 128) return value;
  }
  fail("a number in a binary frame is longer than eight bytes");
}

/* A `signed` has six bits in its first byte; a `scaled` five, and one that says that it counts hundreds. */
static long long read_scaled(struct reader *r) {
  unsigned first = read_byte(r);
  long long value = first & 31;
  if (first & 128) value |= read_count(r) << 5;
  if (first & 32) value *= 100;
  return first & 64 ? -value : value;
}

static void skip_signed(struct reader *r) {
  if (read_byte(r) & 128) read_count(r);
}

static void skip_time(struct reader *r) {
  if (read_count(r) > 0) return;
  unsigned first = read_byte(r);
  if (first == 64) skip(r, 8);
  else if (first & 128) read_count(r);
}

static struct symbol_state *read_symbol(struct reader *r, struct symbol_state *states) {
  long long number = read_count(r);
  if (number == 0) {
    number = read_count(r);
    read_count(r);
  }
  if (number < 1 || number >= SYMBOLS_MAX) fail("a binary frame has the symbol number %lld", number);
  return &states[number];
}

/* Reads the fields of `mask`; what is told of the turnover may be that it is as foretold. Returns the time, or `time_ms`. */
static long long read_fields(struct reader *r, unsigned mask, int turnover_written, long long time_ms) {
  if (mask >> FIELDS) fail("a binary frame has fields %x", mask);
  for (int field = 0; field < FIELDS; field++) {
    if (!(mask >> field & 1) || (field == TURNOVER_FIELD && !turnover_written)) continue;
    if (field == TIME_FIELD) time_ms += read_scaled(r);
    else skip_signed(r);
  }
  return time_ms;
}

static void read_snapshot(struct reader *r, struct symbol_state *states) {
  struct symbol_state *state = read_symbol(r, states);
  long long flags = read_count(r);
  if (flags & 3) fail("a snapshot has a candle or a book, which nobody subscribed to");
  skip(r, read_count(r));
  skip(r, read_count(r));
  state->seq = read_count(r);
  state->time_ms = read_fields(r, read_count(r), 1, 0);
  if (flags & 4) skip(r, 4);
}

static void read_update(struct reader *r, struct symbol_state *states, update_seen *seen) {
  struct symbol_state *state = read_symbol(r, states), next = *state;
  unsigned first = read_byte(r), trade = first >> 1 & 3;
  long long merged = first >> 4 & 3, flags = merged ? 0 : read_count(r);
  if (flags >= 128 || flags & (CANDLE | DEPTH | DEPTH_WHOLE)) fail("an update has flags %llx", flags);
  long long prev = flags & WHOLE ? read_count(r) : state->seq;
  if (!(flags & WHOLE) && (prev & 3) != first >> 6) fail("an update builds on a version that this client does not have");
  unsigned mask = (first & 1) | (trade ? TRADE_MASK : 0) | (flags & MASK ? read_count(r) : 0);
  if (flags & MERGED) merged = read_count(r);
  else if (!merged) merged = mask != 0;
  next.time_ms = read_fields(r, mask, trade != 1, flags & WHOLE ? 0 : state->time_ms);
  if (flags & CRC) skip(r, 4);
  next.seq = prev + merged;
  if (prev != state->seq) return;
  *state = next;
  seen(state, merged);
}

void read_binary_frame(struct symbol_state *states, const unsigned char *bytes, size_t length, update_seen *seen) {
  struct reader r = {bytes, bytes + length};
  unsigned type = read_byte(&r);
  long long quotes = type & 127;
  if (type < 128) {
    if (type & 32) read_count(&r);
    skip_time(&r);
    int is_snapshot = (type & ~32u) == 64;
    if (!is_snapshot && (type & ~32u) != 65) fail("a frame of type %x, which nobody subscribed to", type);
    if (is_snapshot) read_count(&r);
    for (quotes = read_count(&r); is_snapshot && quotes > 0; quotes--) read_snapshot(&r, states);
  } else skip_time(&r);
  while (quotes-- > 0) read_update(&r, states, seen);
}

/* The window's size stands in `welcome` after four texts and lists of them, a time and a number. */
long long welcome_window(const unsigned char *bytes, size_t length) {
  struct reader r = {bytes + 1, bytes + length};
  for (int texts = 3; texts-- > 0;) skip(&r, read_count(&r));
  for (long long channels = read_count(&r); channels-- > 0;) skip(&r, read_count(&r));
  skip_time(&r);
  read_count(&r);
  return read_count(&r);
}

struct symbol_state *symbol_states(void) {
  struct symbol_state *states = calloc(SYMBOLS_MAX, sizeof *states);
  if (!states) fail("out of memory");
  return states;
}

static struct { long long window, updates, ticks, seqs, times; } sums;

static void sum(const struct symbol_state *state, long long merged) {
  sums.updates++;
  sums.ticks += merged;
  sums.seqs += state->seq;
  sums.times += state->time_ms;
}

int decode_command(void) {
  static unsigned char frame[1 << 20];
  struct symbol_state *states = symbol_states();
  unsigned char head[4];
  long long frames = 0;
  while (fread(head, sizeof head, 1, stdin) == 1) {
    size_t length = head[0] | head[1] << 8 | head[2] << 16 | (size_t)head[3] << 24;
    if (length > sizeof frame || fread(frame, 1, length, stdin) != length) fail("a frame is cut off");
    if (length > 0 && frame[0] == 16) sums.window = welcome_window(frame, length);
    else read_binary_frame(states, frame, length, sum), frames++;
  }
  printf("{\"window\":%lld,\"frames\":%lld,\"updates\":%lld,\"ticks\":%lld,\"seqs\":%lld,\"times\":%lld}\n", sums.window, frames,
         sums.updates, sums.ticks, sums.seqs, sums.times);
  return 0;
}
