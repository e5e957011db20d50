/* What a client does with a message: it counts it, answers it, and acknowledges frames as the mini-program does. */
#include "load.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ACK_WITHIN_US 1000000   /* Half the window, or this long after the first frame that is not acknowledged. */

static int window_frames = 8;   /* Until a `welcome` says so. */
static unsigned char *hello;     /* What a client says first, where a server waits for that. */
static size_t hello_length;
static char poll_text[8192];
static size_t poll_length;
static long long poll_interval_us;

void set_hello(unsigned char *bytes, size_t length) {
  hello = bytes;
  hello_length = length;
}

int say_hello(struct connection *c) {
  if (hello) send_frame(c, mode == BINARY ? 2 : 1, hello, hello_length);
  return hello != NULL;
}

static void opened_now(struct connection *c) {
  c->open = 1;
  opened++;
  opening--;
}

static void live_now(struct connection *c) {
  if (c->live) return;
  c->live = 1;
  lives++;
}

static void acknowledge(struct connection *c) {
  unsigned char bytes[16] = {5};
  char text[64];
  c->acked = c->frames;
  if (mode == JSON) {
    snprintf(text, sizeof text, "{\"type\":\"ack\",\"frame\":%lld}", c->frames);
    return send_text(c, text);
  }
  size_t length = 1;
  for (long long frame = c->frames; frame > 0; frame >>= 7) bytes[length++] = (frame & 127) | (frame > 127 ? 128 : 0);
  send_frame(c, 2, bytes, length);
}

static void framed(struct connection *c) {
  live_now(c);
  if (c->frames++ == c->acked) c->unacked_us = now_us();
  if (measuring) tally.frames++;
  if (acks && c->frames - c->acked >= window_frames / 2) acknowledge(c);
}

void acknowledge_overdue(void) {
  long long now = now_us();
  for (int i = 0; i < opened; i++) {
    struct connection *c = &connections[i];
    if (c->acked < c->frames && now - c->unacked_us >= ACK_WITHIN_US) acknowledge(c);
  }
}

static void to_tally(const struct symbol_state *state, long long merged) {
  if (measuring) tally_update(state->time_ms, merged, wall_us());
}

static void receive_binary(struct connection *c, const unsigned char *bytes, size_t length) {
  switch (bytes[0]) {
    case 6: {
      /* A pong without a time of its own, only that of the ping. */
      unsigned char pong[32] = {7, bytes[1] << 1};
      if (length < 2 || length > sizeof pong) fail("a ping of %zu bytes", length);
      memcpy(pong + 2, bytes + 2, length - 2);
      return send_frame(c, 2, pong, length);
    }
    case 16:
      window_frames = welcome_window(bytes, length);
      return opened_now(c);
    case 18: case 19: fail("the server drains, or answered with an error: %.*s", (int)length - 2, bytes + 2);
  }
  if (bytes[0] < 64) return;
  framed(c);
  if (!is_sampled(c)) return;
  if (!c->symbols) c->symbols = symbol_states();
  read_binary_frame(c->symbols, bytes, length, to_tally);
}

static void receive_json(struct connection *c, const char *text, size_t length) {
  const char *end = text + length;
  long long value;
  int update = starts(text, length, "{\"type\":\"update\"");
  if (update || starts(text, length, "{\"type\":\"snapshot\"")) {
    framed(c);
    if (update && measuring && is_sampled(c)) read_json_updates(text, length);
  } else if (starts(text, length, "{\"type\":\"welcome\"")) {
    if (number_after(text, end, "\"ackWindowFrames\":", &value)) window_frames = value;
    opened_now(c);
  } else if (starts(text, length, "{\"type\":\"ping\"")) {
    send_text(c, "{\"type\":\"pong\"}");
  } else if (starts(text, length, "{\"type\":\"error\"") || starts(text, length, "{\"type\":\"drain\"")) {
    fail("the server answered %.*s", (int)(length < 300 ? length : 300), text);
  }
}

/* raw.c sends, for each symbol, two bytes of ticks and six of the newest one's time, the lowest byte first. */
static void receive_raw(struct connection *c, const unsigned char *bytes, size_t length) {
  framed(c);
  if (!measuring || !is_sampled(c)) return;
  long long wall = wall_us();
  for (size_t at = 0; at + 8 <= length; at += 8) {
    long long value = 0;
    for (int i = 7; i >= 0; i--) value = value << 8 | bytes[at + i];
    if (value & 0xffff) tally_update(value >> 16, value & 0xffff, wall);
  }
}

static void receive_tick(struct connection *c, const char *text, size_t length) {
  live_now(c);
  if (!measuring) return;
  tally.frames++;
  if (is_sampled(c)) read_json_tick(text, length);
}

/* Engine.IO's packet types: 0 opens, 2 pings, 4 is a message; of those, Socket.IO's 0 connects and 2 is an event. */
static void receive_socketio(struct connection *c, const char *text, size_t length) {
  if (starts(text, length, "42")) receive_tick(c, text, length);
  else if (starts(text, length, "2")) send_text(c, "3");
  else if (starts(text, length, "0")) send_text(c, "40");
  else if (starts(text, length, "40")) opened_now(c);
  else if (starts(text, length, "44")) fail("Socket.IO answered %.*s", (int)length, text);
}

void receive_message(struct connection *c, int opcode, const char *payload, size_t length) {
  if (opcode == 9) return send_frame(c, 10, payload, length);
  if (opcode == 8) {
    int code = length >= 2 ? (unsigned char)payload[0] << 8 | (unsigned char)payload[1] : 0;
    fail("the server closed a client: %d %.*s", code, length >= 2 ? (int)length - 2 : 0, payload + 2);
  }
  if ((opcode != 1 && opcode != 2) || length == 0) return;
  switch (mode) {
    case BINARY: return receive_binary(c, (const unsigned char *)payload, length);
    case JSON: return receive_json(c, payload, length);
    case RAW: return receive_raw(c, (const unsigned char *)payload, length);
    case TICKS: return receive_tick(c, payload, length);
    case SOCKETIO: return receive_socketio(c, payload, length);
    default: return;
  }
}

void set_poll(const char *path, long long interval_us) {
  poll_interval_us = interval_us;
  poll_length = snprintf(poll_text, sizeof poll_text, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", path);
  if (poll_length >= sizeof poll_text) fail("the path to poll is longer than %zu bytes", sizeof poll_text);
}

void request_poll(struct connection *c) { send_bytes(c, poll_text, poll_length); }

void receive_polled(struct connection *c, const char *body, size_t length) {
  live_now(c);
  if (measuring) tally.frames++;
  if (is_sampled(c)) read_polled_quotes(c, body, length);
  long long now = now_us(), due = c->asked_us + poll_interval_us;
  /* An answer that comes later than the next question was due is followed by that at once. */
  if (due > now) return poll_at(c, due);
  c->asked_us = now;
  request_poll(c);
}
