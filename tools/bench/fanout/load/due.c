#include "load.h"
#include <stdlib.h>

#define OVERDUE_CHECK_US 50000

/* Polls wait all for the same time, so a ring holds them in order. */
static int *ring, size, head, length;
static long long checked_us;

void due_reserve(int connections) {
  size = connections;
  ring = calloc(size, sizeof *ring);
  if (!ring) fail("out of memory");
}

void poll_at(struct connection *c, long long due_us) {
  if (c->due_us) return;
  c->due_us = due_us;
  ring[(head + length++) % size] = c - connections;
}

int due_run(int most_ms) {
  long long now = now_us();
  if (acks && now - checked_us >= OVERDUE_CHECK_US) {
    checked_us = now;
    acknowledge_overdue();
  }
  while (length > 0) {
    struct connection *c = &connections[ring[head]];
    long long wait = c->due_us - now;
    if (wait > 0) return wait / 1000 + 1 < most_ms ? wait / 1000 + 1 : most_ms;
    head = (head + 1) % size;
    length--;
    c->asked_us = c->due_us;
    c->due_us = 0;
    request_poll(c);
  }
  return most_ms;
}
