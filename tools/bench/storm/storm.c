/*
 * The crowd of the storm benchmark: thousands of clients of one server, in one thread, that lose their line together and
 * come back as the mini-program does: full jitter from 0.5 s, doubled with each failure up to 20 s; 8 s for a handshake,
 * 5 s for a welcome; a drained one in the slot that it was given; and each says in its hello what it has.
 *
 *   storm HOST PORT CLIENTS WITNESSES SEED SECONDS_MAX      WITNESSES from 1
 *
 * The first WITNESSES clients keep their line in a `cut`, and tell what the others' return does to those who stayed.
 * It reads commands from standard input and answers each with one line of JSON:
 *   join TEXT   opens all, a few at a time; TEXT is sent after each welcome            {"live":N}
 *   rest MS     serves for MS milliseconds, and tells how frames came meanwhile        {"frames":…,"gapP99Ms":…}
 *   cut         cuts every client but the witnesses, and waits until all are live      {"live":…,"attempts":…,…}
 *   expect      waits until all lines are lost and live again; answers {"ready":true} at once, and then as `cut`
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
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
#define JOINING_MAX 64
#define BACKOFF_BASE_US 500000LL        /* The mini-program's own times: net/backoff.ts, net/line.ts, net/conversation.ts. */
#define BACKOFF_MAX_US 20000000LL
#define LIVE_RESET_US 10000000LL
#define CONNECT_TIMEOUT_US 8000000LL
#define WELCOME_TIMEOUT_US 5000000LL
#define ACK_EVERY_FRAMES 2
#define ACK_WITHIN_US 50000LL
#define GIVE_UP_US 120000000LL          /* A storm that lasts longer has lost somebody. */
#define BUCKET_US 100
#define BUCKETS 100000

enum state { AWAY, CONNECTING, ASKING, GREETING, SUBSCRIBING, LIVE };

struct client {
  int fd;
  enum state state;
  int failures;
  long long due_us;                     /* When AWAY: the next attempt. Before LIVE: the end of patience. */
  long long live_us, frame_us, ack_us;  /* ack_us: an acknowledgement is due then; 0 when none is. */
  long long frames, acked;
  long long slot_us;                    /* What a drain gave, or -1. */
  char *rest;
  size_t rest_length, rest_size;
};

static struct sockaddr_in address;
static struct client *clients;
static int count, witnesses, live_count, joining, epoll_fd, is_joining;
static char subscription[65536], resume[65536], input[READ_BYTES];
/* What the first client has; all have about the same, so each says this of itself when it comes back. */
static struct { char symbol[16]; long long seq; } held[SYMBOLS_MAX];
static int held_count;
static char epoch[64];
static unsigned long long random_state;
/* One storm: since when, and what it took. */
static long long storm_us;
static struct { long long attempts, refused, unreachable, timeouts, dropped; char refusal[64]; } storm;
static unsigned gaps[BUCKETS], waits[BUCKETS];
static long long gap_count, gap_max_us;

static void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fprintf(stderr, "storm: ");
  vfprintf(stderr, format, arguments);
  fprintf(stderr, "\n");
  exit(1);
}

static long long now_us(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return at.tv_sec * 1000000LL + at.tv_nsec / 1000;
}

/* Uniform from 0 to below `below` (xorshift64*). */
static long long draw(long long below) {
  random_state ^= random_state >> 12;
  random_state ^= random_state << 25;
  random_state ^= random_state >> 27;
  return (random_state * 2685821657736338717ULL >> 11) % (unsigned long long)below;
}

static int starts(const char *text, size_t length, const char *with) {
  return length >= strlen(with) && memcmp(text, with, strlen(with)) == 0;
}

static void leave(struct client *c) {
  if (c->state == LIVE) live_count--;
  if (c->state != AWAY) close(c->fd);
  if (c->state != AWAY && c->state != LIVE) joining--;
  c->state = AWAY;
  c->rest_length = 0;
  c->frame_us = c->ack_us = 0;
}

/* The line is lost, or could not be had: when does this client try again? */
static void come_back(struct client *c, long long now) {
  if (c->state == LIVE && now - c->live_us >= LIVE_RESET_US) c->failures = 0;
  leave(c);
  if (c->slot_us >= 0) {
    c->due_us = now + c->slot_us;
    c->slot_us = -1;
    return;
  }
  long long ceiling = BACKOFF_BASE_US << c->failures;
  if (ceiling < BACKOFF_MAX_US) c->failures++;
  else ceiling = BACKOFF_MAX_US;
  c->due_us = now + draw(ceiling);
}

static void write_all(struct client *c, const void *bytes, size_t length) {
  if (send(c->fd, bytes, length, MSG_NOSIGNAL) == (ssize_t)length) return;
  storm.dropped++;
  come_back(c, now_us());
}

/* Sends a client's frame. Its mask is zero, which leaves the payload as it is. */
static void send_text(struct client *c, const char *text, size_t length) {
  static unsigned char frame[sizeof subscription + 16];
  size_t head = 2;
  frame[0] = 0x81;
  if (length < 126) {
    frame[1] = 0x80 | length;
  } else {
    frame[1] = 0x80 | 126;
    frame[2] = length >> 8;
    frame[3] = length & 255;
    head = 4;
  }
  memset(frame + head, 0, 4);
  memcpy(frame + head + 4, text, length);
  write_all(c, frame, head + 4 + length);
}

static void begin(struct client *c, long long now) {
  int one = 1;
  struct linger hard = {1, 0};
  storm.attempts++;
  c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (c->fd < 0) fail("client %d: %s", (int)(c - clients), strerror(errno));
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  /* A reset at the end leaves no address in TIME_WAIT, so that there are ports enough for the return. */
  setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  c->state = CONNECTING;
  joining++;
  c->due_us = now + CONNECT_TIMEOUT_US;
  c->frames = c->acked = 0;
  if (connect(c->fd, (struct sockaddr *)&address, sizeof address) < 0 && errno != EINPROGRESS) {
    if (errno == EADDRNOTAVAIL) fail("no local port is left to connect from");
    storm.unreachable++;
    return come_back(c, now);
  }
  struct epoll_event event = {EPOLLOUT, {.u32 = c - clients}};
  epoll_ctl(epoll_fd, EPOLL_CTL_ADD, c->fd, &event);
}

static void connected(struct client *c, long long now) {
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &size);
  if (error) {
    storm.unreachable++;
    return come_back(c, now);
  }
  char text[512];
  int length = snprintf(text, sizeof text,
    "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: tickwire.v1.json\r\n\r\n",
    ntohs(address.sin_port));
  struct epoll_event event = {EPOLLIN, {.u32 = c - clients}};
  epoll_ctl(epoll_fd, EPOLL_CTL_MOD, c->fd, &event);
  c->state = ASKING;
  write_all(c, text, length);
}

static void count_in(unsigned *histogram, long long us) {
  long long bucket = us / BUCKET_US;
  histogram[bucket < BUCKETS ? bucket : BUCKETS - 1]++;
}

static void framed(struct client *c, long long now) {
  if (c->state == SUBSCRIBING) {
    c->state = LIVE;
    c->live_us = now;
    live_count++;
    joining--;
    if (storm_us) count_in(waits, now - storm_us);
  }
  c->frames++;
  if (c - clients < witnesses && c->frame_us) {
    long long gap = now - c->frame_us;
    if (gap > gap_max_us) gap_max_us = gap;
    count_in(gaps, gap);
    gap_count++;
  }
  c->frame_us = now;
}

static void acknowledge(struct client *c) {
  char text[64];
  int length = snprintf(text, sizeof text, "{\"type\":\"ack\",\"frame\":%lld}", c->frames);
  c->acked = c->frames;
  c->ack_us = 0;
  send_text(c, text, length);
}

/* Copies the text or number after `name`, up to its end. Returns where that is, or NULL. */
static const char *copy_after(const char *from, const char *end, const char *name, char *value, size_t size) {
  const char *at = memmem(from, end - from, name, strlen(name));
  if (!at) return NULL;
  at += strlen(name);
  size_t length = strcspn(at, "\",}");
  snprintf(value, size, "%.*s", (int)length, at);
  return at + length;
}

static void remember(const char *text, size_t length) {
  const char *end = text + length;
  char symbol[16], seq[24];
  while ((text = copy_after(text, end, "\"symbol\":\"", symbol, sizeof symbol)) != NULL &&
         (text = copy_after(text, end, "\"seq\":", seq, sizeof seq)) != NULL) {
    int i = 0;
    while (i < held_count && strcmp(held[i].symbol, symbol)) i++;
    if (i == SYMBOLS_MAX) return;
    if (i == held_count) strcpy(held[held_count++].symbol, symbol);
    held[i].seq = atoll(seq);
  }
}

/* The hello of clients that come back: their positions, so that one round trip brings what is missing. */
static void write_resume(void) {
  char rate[16] = "1";
  copy_after(subscription, subscription + strlen(subscription), "\"rate\":", rate, sizeof rate);
  size_t at = snprintf(resume, sizeof resume,
    "{\"type\":\"hello\",\"acks\":true,\"client\":\"storm\",\"resume\":{\"id\":1,\"epoch\":\"%s\",\"rate\":%s,"
    "\"groups\":[{\"channels\":[\"quote\"],\"symbols\":[", epoch, rate);
  for (int i = 0; i < held_count; i++) {
    at += snprintf(resume + at, sizeof resume - at, "%s{\"symbol\":\"%s\",\"seq\":%lld}", i ? "," : "", held[i].symbol, held[i].seq);
  }
  snprintf(resume + at, sizeof resume - at, "]}]}}");
}

static void heard(struct client *c, const char *text, size_t length, long long now) {
  if (starts(text, length, "{\"type\":\"update\"") || starts(text, length, "{\"type\":\"snapshot\"") ||
      starts(text, length, "{\"type\":\"candles\"") || starts(text, length, "{\"type\":\"trades\"")) {
    framed(c, now);
    if (c == clients) remember(text, length);
    if (c->frames - c->acked >= ACK_EVERY_FRAMES) acknowledge(c);
    else c->ack_us = now + ACK_WITHIN_US;
  } else if (starts(text, length, "{\"type\":\"welcome\"")) {
    if (c->state != GREETING) return;
    c->state = SUBSCRIBING;
    if (c == clients) copy_after(text, text + length, "\"epoch\":\"", epoch, sizeof epoch);
    if (!storm_us) send_text(c, subscription, strlen(subscription));
  } else if (starts(text, length, "{\"type\":\"ping\"")) {
    send_text(c, "{\"type\":\"pong\"}", 15);
  } else if (starts(text, length, "{\"type\":\"drain\"")) {
    const char *at = memmem(text, length, "\"reconnectAfterMs\":", 19);
    if (at) c->slot_us = strtoll(at + 19, NULL, 10) * 1000;
  } else if (starts(text, length, "{\"type\":\"error\"")) {
    fail("the server answered %.*s", (int)(length < 300 ? length : 300), text);
  }
}

/* Reads what is whole of `bytes`; returns how many bytes that was. */
static size_t read_frames(struct client *c, char *bytes, size_t length, long long now) {
  size_t at = 0;
  while (length - at >= 2 && c->state > ASKING) {
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
    int opcode = head[0] & 15;
    if (opcode == 1) heard(c, bytes + at + skip, size, now);
    else if (opcode == 8) {
      if (c->slot_us < 0) storm.dropped++;
      come_back(c, now);
    }
    at += skip + size;
  }
  return at;
}

static size_t read_answer(struct client *c, const char *bytes, size_t length, long long now) {
  const char *end = memmem(bytes, length, "\r\n\r\n", 4);
  if (!end) return 0;
  if (!starts(bytes, length, "HTTP/1.1 101")) {
    const char *code = memmem(bytes, length, "\"code\":\"", 8);
    snprintf(storm.refusal, sizeof storm.refusal, "%.*s", code ? (int)strcspn(code + 8, "\"") : 12, code ? code + 8 : bytes);
    storm.refused++;
    come_back(c, now);
    return length;
  }
  c->state = GREETING;
  c->due_us = now + WELCOME_TIMEOUT_US;
  const char *hello = storm_us ? resume : "{\"type\":\"hello\",\"acks\":true,\"client\":\"storm\"}";
  send_text(c, hello, strlen(hello));
  return end + 4 - bytes;
}

static void readable(struct client *c, long long now) {
  size_t held = c->rest_length;
  if (held >= READ_BYTES / 2) fail("a message is larger than %d bytes", READ_BYTES / 2);
  if (held) memcpy(input, c->rest, held);
  ssize_t length = recv(c->fd, input + held, READ_BYTES - 1 - held, 0);
  if (length < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (length <= 0) {
    if (c->slot_us < 0) storm.dropped++;
    return come_back(c, now);
  }
  size_t all = held + length, used = 0;
  input[all] = 0;
  if (c->state == ASKING) used = read_answer(c, input, all, now);
  if (c->state > ASKING) used += read_frames(c, input + used, all - used, now);
  if (c->state == AWAY) return;
  c->rest_length = all - used;
  if (c->rest_length == 0) return;
  if (c->rest_size <= c->rest_length) c->rest = realloc(c->rest, c->rest_size = c->rest_length + 1024);
  if (!c->rest) fail("out of memory");
  memcpy(c->rest, input + used, c->rest_length);
}

/* Ten thousand timers looked at a thousand times a second are cheaper than a heap of them. */
static void run_due(long long now) {
  for (struct client *c = clients; c < clients + count; c++) {
    if (c->state == LIVE) {
      if (c->ack_us && c->ack_us <= now) acknowledge(c);
    } else if (c->due_us && c->due_us <= now) {
      if (c->state == AWAY) {
        if (!is_joining || joining < JOINING_MAX) begin(c, now);
      } else {
        storm.timeouts++;
        come_back(c, now);
      }
    }
  }
}

static void serve(int (*done)(void), long long until_us) {
  struct epoll_event events[512];
  long long ran = 0;
  while (!done()) {
    long long now = now_us();
    if (until_us && now >= until_us) return;
    if (now - ran >= 1000) {
      run_due(now);
      ran = now;
    }
    int ready = epoll_wait(epoll_fd, events, 512, 1);
    now = now_us();
    for (int i = 0; i < ready; i++) {
      struct client *c = &clients[events[i].data.u32];
      if (c->state == CONNECTING) connected(c, now);
      else if (c->state != AWAY) readable(c, now);
    }
  }
}

static int all_live(void) { return live_count == count; }
static int some_lost(void) { return live_count < count; }
static int never(void) { return 0; }

static double quantile_ms(const unsigned *histogram, double share) {
  long long total = 0, left;
  for (int i = 0; i < BUCKETS; i++) total += histogram[i];
  if (!total) return -1;
  left = (total - 1) * share + 1;
  for (int i = 0; i < BUCKETS; i++) if ((left -= histogram[i]) <= 0) return (i + 0.5) * BUCKET_US / 1000;
  return -1;
}

static void forget(void) {
  memset(&storm, 0, sizeof storm);
  memset(gaps, 0, sizeof gaps);
  memset(waits, 0, sizeof waits);
  gap_count = gap_max_us = 0;
}

static void print_gaps(void) {
  printf("\"frames\":%lld,\"gapP50Ms\":%.1f,\"gapP99Ms\":%.1f,\"gapMaxMs\":%.1f}\n",
         gap_count, quantile_ms(gaps, 0.5), quantile_ms(gaps, 0.99), gap_max_us / 1e3);
}

static void storm_until_live(void) {
  serve(all_live, storm_us + GIVE_UP_US);
  double took_ms = (now_us() - storm_us) / 1e3;
  /* What the return did to those who stayed shows for a moment longer. */
  int live = live_count;
  serve(never, now_us() + 500000);
  printf("{\"live\":%d,\"lost\":%d,\"tookMs\":%.1f,\"attempts\":%lld,\"refused\":%lld,\"refusal\":\"%s\",\"unreachable\":%lld,"
         "\"timeouts\":%lld,\"dropped\":%lld,\"p50Ms\":%.1f,\"p99Ms\":%.1f,",
         live, count - live, took_ms, storm.attempts, storm.refused, storm.refusal, storm.unreachable,
         storm.timeouts, storm.dropped, quantile_ms(waits, 0.5), quantile_ms(waits, 0.99));
  print_gaps();
  storm_us = 0;
}

static void command_join(const char *text) {
  snprintf(subscription, sizeof subscription, "%s", text);
  long long now = now_us();
  for (int i = 0; i < count; i++) clients[i].due_us = now;
  is_joining = 1;
  serve(all_live, now + GIVE_UP_US);
  is_joining = 0;
  if (!all_live()) fail("only %d of %d clients are live after %lld s; the last refusal: %s", live_count, count, GIVE_UP_US / 1000000, storm.refusal);
  printf("{\"live\":%d}\n", live_count);
}

static void command_rest(const char *arguments) {
  forget();
  serve(never, now_us() + strtoll(arguments, NULL, 10) * 1000);
  printf("{");
  print_gaps();
}

static void command_cut(void) {
  forget();
  write_resume();
  storm_us = now_us();
  for (int i = witnesses; i < count; i++) come_back(&clients[i], storm_us);
  storm_until_live();
}

static void command_expect(void) {
  forget();
  printf("{\"ready\":true}\n");
  serve(some_lost, now_us() + GIVE_UP_US);
  write_resume();
  storm_us = now_us();
  storm_until_live();
}

/* Between two commands the sockets are served: an idle client must not look dead. */
static char *next_command(char *line, size_t size) {
  size_t length = 0;
  fcntl(0, F_SETFL, O_NONBLOCK);
  for (;;) {
    ssize_t got = read(0, line + length, 1);
    if (got == 0) return NULL;
    if (got < 0) serve(never, now_us() + 2000);
    else if (line[length] == '\n') {
      line[length] = 0;
      return line;
    } else if (++length >= size) fail("a command is longer than %zu bytes", size);
  }
}

static void prepare(int argc, char **argv) {
  struct rlimit files;
  if (argc != 7) fail("usage: storm HOST PORT CLIENTS WITNESSES SEED SECONDS_MAX");
  address.sin_family = AF_INET;
  address.sin_port = htons(atoi(argv[2]));
  if (inet_pton(AF_INET, argv[1], &address.sin_addr) != 1 || (ntohl(address.sin_addr.s_addr) >> 24) != 127) {
    fail("%s is not an address of the loopback, and no other is to be loaded", argv[1]);
  }
  count = atoi(argv[3]);
  witnesses = atoi(argv[4]);
  random_state = strtoull(argv[5], NULL, 10) * 2 + 1;
  if (count < 1 || witnesses < 1 || witnesses > count) fail("CLIENTS from 1, WITNESSES from 1 to those");
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  if (files.rlim_max < (rlim_t)count + 16) fail("%d clients need more than the %lu files that `ulimit -Hn` allows", count, (unsigned long)files.rlim_max);
  clients = calloc(count, sizeof *clients);
  if (!clients) fail("out of memory");
  for (int i = 0; i < count; i++) clients[i].slot_us = -1;
  epoll_fd = epoll_create1(0);
  setvbuf(stdout, NULL, _IOLBF, 0);
  alarm(atoi(argv[6]));
}

int main(int argc, char **argv) {
  static char line[sizeof subscription];
  prepare(argc, argv);
  while (next_command(line, sizeof line)) {
    size_t length = strlen(line);
    if (starts(line, length, "join ")) command_join(line + 5);
    else if (starts(line, length, "rest ")) command_rest(line + 5);
    else if (strcmp(line, "cut") == 0) command_cut();
    else if (strcmp(line, "expect") == 0) command_expect();
    else fail("unknown command: %s", line);
  }
  return 0;
}
