/* Updates in text. They are searched, not parsed: only the time stamp and the number of ticks are wanted of them. */
#include "load.h"
#include <stdlib.h>
#include <string.h>

int starts(const char *text, size_t length, const char *with) {
  return length >= strlen(with) && memcmp(text, with, strlen(with)) == 0;
}

const char *number_after(const char *from, const char *end, const char *name, long long *value) {
  const char *at = memmem(from, end - from, name, strlen(name));
  if (!at) return NULL;
  char *stop;
  *value = strtoll(at + strlen(name), &stop, 10);
  return stop;
}

static const char *stamp_after(const char *from, const char *end, long long *stamp_ms) {
  return number_after(from, end, "\"exchangeTimeMs\":", stamp_ms);
}

void read_json_updates(const char *text, size_t length) {
  const char *end = text + length;
  long long merged, stamp, wall = wall_us();
  while ((text = number_after(text, end, "\"merged\":", &merged)) != NULL && (text = stamp_after(text, end, &stamp)) != NULL) {
    tally_update(stamp, merged, wall);
  }
}

void read_json_tick(const char *text, size_t length) {
  long long stamp;
  if (stamp_after(text, text + length, &stamp)) tally_update(stamp, 1, wall_us());
}

/* An answer to a poll names every symbol, in the same order, whether or not its price is new. */
void read_polled_quotes(struct connection *c, const char *text, size_t length) {
  const char *end = text + length;
  long long stamp, wall = wall_us();
  if (!c->symbols) c->symbols = symbol_states();
  for (int i = 0; i < SYMBOLS_MAX && (text = stamp_after(text, end, &stamp)) != NULL; i++) {
    long long before = c->symbols[i].time_ms;
    long long ticks = tick_period_us ? ((stamp - before) * 1000 + tick_period_us / 2) / tick_period_us : 0;
    if (measuring && before && ticks > 0) tally_update(stamp, ticks, wall);
    c->symbols[i].time_ms = stamp;
  }
}
