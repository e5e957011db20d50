/*
 * The load generator of the fan-out benchmark: many clients of one server, in one thread, for less than the server's own
 * work. It understands just enough of each server's messages to subscribe, to acknowledge and to count.
 *
 *   load MODE HOST PORT SAMPLE SECONDS_MAX     MODE: tickwire, raw, ticks, socketio, poll
 *
 * It reads commands from standard input and answers each with one line of JSON:
 *   open N             opens N connections                          {"opened":N}
 *   subscribe TEXT     sends TEXT on every connection, and waits until each has had its first prices   {"live":N}
 *   poll MS PATH       the same for polling: every connection asks for PATH every MS milliseconds
 *   measure MS US      counts for MS milliseconds, US being the time between two ticks of one symbol
 *
 * Every message and byte is counted. What is inside the messages (updates, ticks, latency) is read on every SAMPLE-th
 * connection only, because reading all of it would cost more than the server. A tick's `turnover` is the time at which
 * it was due, in microseconds since midnight UTC, so a tick's age on arrival needs no other clock than this machine's.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define READ_BYTES (256 * 1024)
#define SYMBOLS_MAX 64
#define CONNECTING_MAX 64       /* Handshakes under way at once: a storm would measure the accept queue. */
#define ACK_EVERY_FRAMES 2      /* As the mini-program acknowledges: */
#define ACK_WITHIN_US 50000     /* every second frame at once, a single one after 50 ms, */
#define ACK_PAUSE_US 100000     /* and never more than ten times a second. */
#define DAY_US 86400000000LL
#define BUCKET_US 50            /* Width of a step of the latency histogram, which reaches to BUCKETS * BUCKET_US. */
#define BUCKETS 100000

enum mode { TICKWIRE, RAW, TICKS, SOCKETIO, POLL };
static const char *MODES[] = {"tickwire", "raw", "ticks", "socketio", "poll"};

struct connection {
  int fd;
  int open;                     /* The handshake is done. */
  int live;                     /* The first prices are here. */
  char *rest;                   /* Bytes of a message whose end has not come yet. */
  size_t rest_length, rest_size;
  long long frames, acked;      /* Numbers of the last frame received, and of the last one acknowledged. */
  long long acked_us, due_us;   /* due_us: in the ring, until then; 0 when not in it. */
  long long *stamps;            /* Newest stamp by symbol: polling cannot tell a new quote from an old one otherwise. */
};

static enum mode mode;
static struct sockaddr_in address;
static struct connection *connections;
static int count, opening, opened, lives, wanted, epoll_fd, sample;
static char subscription[65536];
static size_t subscription_length;
static long long poll_interval_us, tick_period_us;
static int measuring;
static struct { long long frames, bytes, bytes_up, updates, ticks, over; } seen;
static unsigned histogram[BUCKETS];
static int *ring;               /* Connections with something due, in the order in which it is. */
static int ring_head, ring_length;
static char input[READ_BYTES];

static void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fprintf(stderr, "load: ");
  vfprintf(stderr, format, arguments);
  fprintf(stderr, "\n");
  exit(1);
}

static long long now_us(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return at.tv_sec * 1000000LL + at.tv_nsec / 1000;
}

static long long day_us(void) {
  struct timespec at;
  clock_gettime(CLOCK_REALTIME, &at);
  return (at.tv_sec * 1000000LL + at.tv_nsec / 1000) % DAY_US;
}

static void write_all(struct connection *c, const void *bytes, size_t length) {
  /* Requests are tiny: where the socket has no room for one, the server has stopped reading. */
  if (send(c->fd, bytes, length, MSG_NOSIGNAL) != (ssize_t)length) {
    fail("the server no longer takes what a client sends (%s)", strerror(errno));
  }
  seen.bytes_up += length;
}

/* Sends a client's frame. Its mask is zero, which leaves the payload as it is. */
static void send_frame(struct connection *c, int opcode, const char *payload, size_t length) {
  static unsigned char frame[sizeof subscription + 16];
  size_t head = 2;
  frame[0] = 0x80 | opcode;
  if (length < 126) {
    frame[1] = 0x80 | length;
  } else {
    frame[1] = 0x80 | 126;
    frame[2] = length >> 8;
    frame[3] = length & 255;
    head = 4;
  }
  memset(frame + head, 0, 4);
  memcpy(frame + head + 4, payload, length);
  write_all(c, frame, head + 4 + length);
}

static void send_text(struct connection *c, const char *text) { send_frame(c, 1, text, strlen(text)); }

static void later(struct connection *c, long long due_us) {
  if (c->due_us) return;
  c->due_us = due_us;
  ring[(ring_head + ring_length++) % count] = c - connections;
}

static void acknowledge(struct connection *c, long long now) {
  char text[64];
  snprintf(text, sizeof text, "{\"type\":\"ack\",\"frame\":%lld}", c->frames);
  send_text(c, text);
  c->acked = c->frames;
  c->acked_us = now;
}

static void request(struct connection *c) { write_all(c, subscription, subscription_length); }

static void framed(struct connection *c) {
  long long now = now_us();
  if (c->frames - c->acked >= ACK_EVERY_FRAMES && now - c->acked_us >= ACK_PAUSE_US) acknowledge(c, now);
  else later(c, now + ACK_WITHIN_US);
}

/* Does what is due; returns the milliseconds until the next, at most `most`. */
static int run_due(int most) {
  long long now = now_us();
  while (ring_length > 0) {
    struct connection *c = &connections[ring[ring_head]];
    long long wait = c->due_us - now;
    if (wait > 0) return wait / 1000 + 1 < most ? wait / 1000 + 1 : most;
    ring_head = (ring_head + 1) % count;
    ring_length--;
    long long due = c->due_us;
    c->due_us = 0;
    if (mode == POLL) {
      c->acked_us = due;
      request(c);
    } else if (c->acked < c->frames) {
      if (now - c->acked_us >= ACK_PAUSE_US) acknowledge(c, now);
      else later(c, now + ACK_WITHIN_US);
    }
  }
  return most;
}

static void live(struct connection *c) {
  if (c->live) return;
  c->live = 1;
  lives++;
}

/* Counts one update that brings `merged` ticks, the newest of which was due at `stamp`. */
static void updated(long long stamp, long long merged, long long now) {
  seen.updates++;
  for (long long age = (now - stamp + DAY_US) % DAY_US; merged-- > 0; age += tick_period_us) {
    seen.ticks++;
    /* The two clocks may differ by a fraction of a millisecond, which must not turn into a day. */
    long long bucket = age > DAY_US / 2 ? 0 : age / BUCKET_US;
    if (bucket < BUCKETS) histogram[bucket]++;
    else seen.over++;
  }
}

static const char *number_after(const char *from, const char *end, const char *name, long long *value) {
  const char *at = memmem(from, end - from, name, strlen(name));
  if (!at) return NULL;
  char *stop;
  *value = strtoll(at + strlen(name), &stop, 10);
  return stop;
}

static void read_updates(const char *text, size_t length) {
  const char *end = text + length;
  long long merged, stamp, now = day_us();
  while ((text = number_after(text, end, "\"merged\":", &merged)) != NULL &&
         (text = number_after(text, end, "\"turnover\":", &stamp)) != NULL) {
    updated(stamp, merged, now);
  }
}

/* An answer to a poll names every symbol, in the same order, whether or not its price is new. */
static void read_polled(struct connection *c, const char *text, size_t length) {
  const char *end = text + length;
  long long stamp, now = day_us();
  if (!c->stamps) c->stamps = calloc(SYMBOLS_MAX, sizeof *c->stamps);
  for (int i = 0; i < SYMBOLS_MAX && (text = number_after(text, end, "\"turnover\":", &stamp)) != NULL; i++) {
    long long ticks = (stamp - c->stamps[i] + tick_period_us / 2) / (tick_period_us ? tick_period_us : 1);
    if (measuring && c->stamps[i] && ticks > 0) updated(stamp, ticks, now);
    c->stamps[i] = stamp;
  }
}

static int is_sampled(struct connection *c) { return measuring && (c - connections) % sample == 0; }

static int starts(const char *text, size_t length, const char *with) {
  return length >= strlen(with) && memcmp(text, with, strlen(with)) == 0;
}

static void tickwire_text(struct connection *c, const char *text, size_t length) {
  int update = starts(text, length, "{\"type\":\"update\"");
  if (update || starts(text, length, "{\"type\":\"snapshot\"") || starts(text, length, "{\"type\":\"candles\"")) {
    live(c);
    c->frames++;
    if (mode == TICKWIRE) framed(c);
    if (!update) return;
    if (measuring) seen.frames++;
    if (is_sampled(c)) read_updates(text, length);
  } else if (starts(text, length, "{\"type\":\"ping\"")) {
    send_text(c, "{\"type\":\"pong\"}");
  } else if (starts(text, length, "{\"type\":\"error\"") || starts(text, length, "{\"type\":\"drain\"")) {
    fail("the server answered %.*s", (int)(length < 300 ? length : 300), text);
  }
}

static void tick_text(struct connection *c, const char *text, size_t length) {
  long long stamp;
  live(c);
  if (measuring) seen.frames++;
  if (is_sampled(c) && number_after(text, text + length, "\"turnover\":", &stamp)) updated(stamp, 1, day_us());
}

/* Engine.IO's packet types: 0 opens, 2 pings, 4 is a message; of those, Socket.IO's 0 connects and 2 is an event. */
static void socketio_text(struct connection *c, const char *text, size_t length) {
  if (starts(text, length, "42")) tick_text(c, text, length);
  else if (starts(text, length, "2")) send_text(c, "3");
  else if (starts(text, length, "0")) send_text(c, "40");
  else if (starts(text, length, "40")) {
    c->open = 1;
    opened++;
    opening--;
  } else if (starts(text, length, "44")) fail("Socket.IO answered %.*s", (int)length, text);
}

static void message(struct connection *c, int opcode, const char *text, size_t length) {
  if (opcode == 9) return send_frame(c, 10, text, length);
  if (opcode == 8) {
    int code = length >= 2 ? (unsigned char)text[0] << 8 | (unsigned char)text[1] : 0;
    fail("the server closed a client: %d %.*s", code, length >= 2 ? (int)length - 2 : 0, text + 2);
  }
  if (opcode != 1) return;
  if (mode == TICKS) tick_text(c, text, length);
  else if (mode == SOCKETIO) socketio_text(c, text, length);
  else tickwire_text(c, text, length);
}

/* Reads what is whole of `bytes`; returns how many bytes that was. */
static size_t read_frames(struct connection *c, const char *bytes, size_t length) {
  size_t at = 0;
  while (length - at >= 2) {
    const unsigned char *head = (const unsigned char *)bytes + at;
    size_t size = head[1] & 127, skip = 2;
    if (size == 126) {
      if (length - at < 4) break;
      size = head[2] << 8 | head[3];
      skip = 4;
    } else if (size == 127) {
      if (length - at < 10) break;
      size = (size_t)head[6] << 24 | head[7] << 16 | head[8] << 8 | head[9];
      skip = 10;
    }
    if (length - at < skip + size) break;
    message(c, head[0] & 15, bytes + at + skip, size);
    at += skip + size;
  }
  return at;
}

static size_t read_answers(struct connection *c, const char *bytes, size_t length) {
  const char *end = memmem(bytes, length, "\r\n\r\n", 4);
  if (!end) return 0;
  if (!starts(bytes, length, "HTTP/1.1 200")) fail("the server answered a poll with %.40s", bytes);
  const char *field = strcasestr(bytes, "\ncontent-length:");
  if (!field || field > end) fail("the server's answer to a poll has no Content-Length");
  size_t body = strtoul(field + 16, NULL, 10), head = end + 4 - bytes;
  if (length < head + body) return 0;
  live(c);
  if (measuring) seen.frames++;
  if ((c - connections) % sample == 0) read_polled(c, end + 4, body);
  long long now = now_us(), due = c->acked_us + poll_interval_us;
  if (due > now) later(c, due);
  else {
    c->acked_us = now;
    request(c);
  }
  return head + body;
}

static size_t read_handshake(struct connection *c, const char *bytes, size_t length) {
  const char *end = memmem(bytes, length, "\r\n\r\n", 4);
  if (!end) return 0;
  if (!starts(bytes, length, "HTTP/1.1 101")) fail("the server refused a client: %.*s", (int)(length < 400 ? length : 400), bytes);
  c->open = 1;
  if (mode != SOCKETIO) {
    opened++;
    opening--;
  } else c->open = 2;
  if (mode == TICKWIRE) send_text(c, "{\"type\":\"hello\",\"acks\":true,\"client\":\"bench\"}");
  return end + 4 - bytes;
}

static void received(struct connection *c, const char *bytes, size_t length) {
  size_t used = 0;
  if (!c->open) used = read_handshake(c, bytes, length);
  if (c->open) used += mode == POLL ? read_answers(c, bytes + used, length - used) : read_frames(c, bytes + used, length - used);
  c->rest_length = length - used;
  if (c->rest_length == 0) return;
  if (c->rest_size <= c->rest_length) c->rest = realloc(c->rest, c->rest_size = c->rest_length + 1024);
  if (!c->rest) fail("out of memory");
  memmove(c->rest, bytes + used, c->rest_length);
}

static void readable(struct connection *c) {
  size_t held = c->rest_length;
  if (held >= READ_BYTES / 2) fail("a message is larger than %d bytes", READ_BYTES / 2);
  if (held) memcpy(input, c->rest, held);
  ssize_t length = recv(c->fd, input + held, READ_BYTES - 1 - held, 0);
  if (length < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (length <= 0) fail("the server dropped a client (%s)", length == 0 ? "end of stream" : strerror(errno));
  if (measuring) seen.bytes += length;
  c->rest_length = 0;
  input[held + length] = 0;
  received(c, input, held + length);
}

static void connect_one(struct connection *c) {
  int one = 1;
  struct linger hard = {1, 0};
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (c->fd < 0) fail("connection %d: %s", (int)(c - connections), strerror(errno));
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  /* A reset at the end leaves no address in TIME_WAIT, so that the next round has them all. */
  setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  if (connect(c->fd, (struct sockaddr *)&address, sizeof address) < 0) fail("cannot connect: %s", strerror(errno));
  fcntl(c->fd, F_SETFL, O_NONBLOCK);
  struct epoll_event event = {.events = EPOLLIN, .data.u32 = c - connections};
  if (epoll_ctl(epoll_fd, EPOLL_CTL_ADD, c->fd, &event) < 0) fail("epoll: %s", strerror(errno));
  if (mode == POLL) {
    c->open = 1;
    opened++;
    return;
  }
  char text[512];
  int length = snprintf(text, sizeof text,
    "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n",
    mode == SOCKETIO ? "/socket.io/?EIO=4&transport=websocket" : "/ws", ntohs(address.sin_port),
    mode == TICKWIRE ? "Sec-WebSocket-Protocol: tickwire.v1.json\r\n" : "");
  opening++;
  write_all(c, text, length);
}

/* Serves the sockets until `done()`, or until `until_us` where that is not 0. */
static void serve(int (*done)(void), long long until_us) {
  struct epoll_event events[512];
  while (!done()) {
    int most = 20;
    if (until_us) {
      long long left = until_us - now_us();
      if (left <= 0) return;
      if (left / 1000 + 1 < most) most = left / 1000 + 1;
    }
    int ready = epoll_wait(epoll_fd, events, 512, run_due(most));
    for (int i = 0; i < ready; i++) readable(&connections[events[i].data.u32]);
  }
}

static int all_open(void) {
  int started = opened + opening;
  while (started < wanted && opening < CONNECTING_MAX) connect_one(&connections[started++]);
  return opened == wanted;
}
static int all_live(void) { return lives == opened; }
static int never(void) { return 0; }

static void command_open(const char *arguments) {
  struct rlimit files;
  wanted = count = atoi(arguments);
  if (count < 1 || connections) fail("open: a number from 1, and only once");
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  if (files.rlim_max < (rlim_t)count + 16) fail("%d connections need more than the %lu files that `ulimit -Hn` allows", count, (unsigned long)files.rlim_max);
  connections = calloc(count, sizeof *connections);
  ring = calloc(count, sizeof *ring);
  if (!connections || !ring) fail("out of memory");
  serve(all_open, 0);
  printf("{\"opened\":%d}\n", opened);
}

static void command_subscribe(const char *text) {
  for (int i = 0; i < count; i++) {
    send_text(&connections[i], text);
    /* A few at a time, so that the answers of all do not have to wait for one another. */
    if (i % 64 == 63) serve(never, now_us() + 2000);
  }
  serve(all_live, 0);
  printf("{\"live\":%d}\n", lives);
}

static void command_poll(const char *arguments) {
  char *path;
  poll_interval_us = strtoll(arguments, &path, 10) * 1000;
  subscription_length = snprintf(subscription, sizeof subscription, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", path + strspn(path, " "));
  long long start = now_us();
  for (int i = 0; i < count; i++) later(&connections[i], start + poll_interval_us * i / count);
  serve(all_live, 0);
  printf("{\"live\":%d}\n", lives);
}

static double cpu_ms(void) {
  struct rusage use;
  getrusage(RUSAGE_SELF, &use);
  return (use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1e3 + (use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e3;
}

static double quantile_ms(double share) {
  long long left = (seen.ticks - 1) * share + 1;
  for (int i = 0; i < BUCKETS; i++) {
    left -= histogram[i];
    if (left <= 0) return (i + 0.5) * BUCKET_US / 1000;
  }
  return BUCKETS * BUCKET_US / 1000.0;
}

static void command_measure(const char *arguments) {
  char *rest;
  long long span_ms = strtoll(arguments, &rest, 10);
  tick_period_us = strtoll(rest, NULL, 10);
  memset(&seen, 0, sizeof seen);
  memset(histogram, 0, sizeof histogram);
  double cpu = cpu_ms();
  long long start = now_us();
  measuring = 1;
  serve(never, start + span_ms * 1000);
  measuring = 0;
  int sampled = (count + sample - 1) / sample;
  printf("{\"spanMs\":%.1f,\"connections\":%d,\"sampled\":%d,\"frames\":%lld,\"bytes\":%lld,\"bytesUp\":%lld,"
         "\"updates\":%lld,\"ticks\":%lld,\"p50Ms\":%.3f,\"p99Ms\":%.3f,\"over\":%lld,\"loadCpuMs\":%.1f}\n",
         (now_us() - start) / 1e3, count, sampled, seen.frames, seen.bytes, seen.bytes_up, seen.updates, seen.ticks,
         seen.ticks ? quantile_ms(0.5) : -1, seen.ticks ? quantile_ms(0.99) : -1, seen.over, cpu_ms() - cpu);
}

/* Between two commands the sockets are served: an idle client must not look dead. */
static char *next_command(char *line, size_t size) {
  size_t length = 0;
  fcntl(0, F_SETFL, O_NONBLOCK);
  for (;;) {
    ssize_t got = read(0, line + length, 1);
    if (got == 0) return NULL;
    if (got < 0) {
      if (count) serve(never, now_us() + 5000);
      else usleep(5000);
    } else if (line[length] == '\n') {
      line[length] = 0;
      return line;
    } else if (++length >= size) fail("a command is longer than %zu bytes", size);
  }
}

int main(int argc, char **argv) {
  static char line[sizeof subscription / 2];
  if (argc != 6) fail("usage: load MODE HOST PORT SAMPLE SECONDS_MAX");
  while (mode <= POLL && strcmp(MODES[mode], argv[1])) mode++;
  if (mode > POLL) fail("unknown mode %s", argv[1]);
  address.sin_family = AF_INET;
  address.sin_port = htons(atoi(argv[3]));
  if (inet_pton(AF_INET, argv[2], &address.sin_addr) != 1 || (ntohl(address.sin_addr.s_addr) >> 24) != 127) {
    fail("%s is not an address of the loopback, and no other is to be loaded", argv[2]);
  }
  sample = atoi(argv[4]) > 0 ? atoi(argv[4]) : 1;
  alarm(atoi(argv[5]));
  epoll_fd = epoll_create1(0);
  setvbuf(stdout, NULL, _IOLBF, 0);
  while (next_command(line, sizeof line)) {
    if (starts(line, strlen(line), "open ")) command_open(line + 5);
    else if (starts(line, strlen(line), "subscribe ")) command_subscribe(line + 10);
    else if (starts(line, strlen(line), "poll ")) command_poll(line + 5);
    else if (starts(line, strlen(line), "measure ")) command_measure(line + 8);
    else fail("unknown command: %s", line);
  }
  return 0;
}
