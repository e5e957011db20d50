/*
 * The load generator of the fan-out benchmark: many clients of one server, in one thread, for less than the server's own
 * work. It understands just enough of each server's messages to subscribe, to acknowledge and to count.
 *
 *   load MODE HOST PORT SAMPLE SECONDS_MAX     MODE: binary, json, raw, raw-acks, ticks, socketio, poll
 *   load decode                                see binary.c
 *
 * It reads commands from standard input and answers each with one line of JSON:
 *   hello FILE         what a client says first, before it is welcomed; not answered
 *   open N             opens N connections                                           {"opened":N}
 *   subscribe FILE     sends each connection one of the messages in FILE, in turn, and waits until each connection has
 *                      had its first prices; a message stands after its length, four bytes, the lowest first   {"live":N}
 *   poll MS PATH       the same for polling: every connection asks for PATH every MS milliseconds
 *   measure MS PERIOD  counts for MS milliseconds, PERIOD being those between two ticks of one symbol
 *
 * Every message and byte is counted. What is inside the messages (updates, ticks, latency) is read on every SAMPLE-th
 * connection only, because reading all of it would cost more than the server. A tick's exchange time is the time at which
 * it was due, so its age on arrival needs no other clock than this machine's.
 */
#include "load.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define CONNECTING_MAX 64       /* Handshakes under way at once: a storm would measure the accept queue. */
#define SUBSCRIBING_MAX 64      /* Subscriptions at once, so that the answers of all do not have to wait for one another. */

enum mode mode;
int acks, sample, count, opening, opened, lives;
struct connection *connections;

static int all_open(void) {
  int started = opened + opening;
  while (started < count && opening < CONNECTING_MAX) connect_one(&connections[started++]);
  return opened == count;
}
static int all_live(void) { return lives == count; }
static int never(void) { return 0; }

static void command_open(const char *arguments) {
  struct rlimit files;
  count = atoi(arguments);
  if (count < 1 || connections) fail("open: a number from 1, and only once");
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  if (files.rlim_max < (rlim_t)count + 16) {
    fail("%d connections need more than the %lu files that `ulimit -Hn` allows", count, (unsigned long)files.rlim_max);
  }
  connections = calloc(count, sizeof *connections);
  if (!connections) fail("out of memory");
  due_reserve(count);
  serve_sockets(all_open, 0);
  printf("{\"opened\":%d}\n", opened);
}

static unsigned char *read_file(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END) < 0) fail("cannot read %s", path);
  *length = ftell(file);
  rewind(file);
  unsigned char *bytes = malloc(*length);
  if (!bytes || fread(bytes, 1, *length, file) != *length) fail("cannot read %s", path);
  fclose(file);
  return bytes;
}

static void command_hello(const char *path) {
  size_t length;
  unsigned char *bytes = read_file(path, &length);
  set_hello(bytes, length);
}

static void command_subscribe(const char *path) {
  size_t length, at = 0;
  unsigned char *messages = read_file(path, &length);
  for (int i = 0; i < count; i++) {
    if (at == length) at = 0;
    size_t size = messages[at] | messages[at + 1] << 8 | messages[at + 2] << 16 | (size_t)messages[at + 3] << 24;
    if (size > length - at - 4) fail("%s is cut off", path);
    send_frame(&connections[i], mode == BINARY ? 2 : 1, messages + at + 4, size);
    at += 4 + size;
    if (i % SUBSCRIBING_MAX == SUBSCRIBING_MAX - 1) serve_sockets(never, now_us() + 2000);
  }
  free(messages);
  serve_sockets(all_live, 0);
  printf("{\"live\":%d}\n", lives);
}

static void command_poll(const char *arguments) {
  char *path;
  long long interval_us = strtoll(arguments, &path, 10) * 1000, start = now_us();
  set_poll(path + strspn(path, " "), interval_us);
  for (int i = 0; i < count; i++) poll_at(&connections[i], start + interval_us * i / count);
  serve_sockets(all_live, 0);
  printf("{\"live\":%d}\n", lives);
}

static void command_measure(const char *arguments) {
  char *rest;
  long long span_ms = strtoll(arguments, &rest, 10);
  tally_begin(strtoll(rest, NULL, 10) * 1000);
  double cpu = cpu_ms();
  long long start = now_us();
  measuring = 1;
  serve_sockets(never, start + span_ms * 1000);
  measuring = 0;
  int sampled = (count + sample - 1) / sample;
  printf("{\"spanMs\":%.1f,\"connections\":%d,\"sampled\":%d,\"frames\":%lld,\"bytes\":%lld,\"bytesUp\":%lld,"
         "\"updates\":%lld,\"ticks\":%lld,\"p50Ms\":%.3f,\"p99Ms\":%.3f,\"over\":%lld,\"loadCpuMs\":%.1f}\n",
         (now_us() - start) / 1e3, count, sampled, tally.frames, tally.bytes, tally.bytes_up, tally.updates, tally.ticks,
         tally.ticks ? tally_quantile_ms(0.5) : -1, tally.ticks ? tally_quantile_ms(0.99) : -1, tally.over, cpu_ms() - cpu);
}

/* Between two commands the sockets are served: an idle client must not look dead. */
static char *next_command(char *line, size_t size) {
  size_t length = 0;
  fcntl(0, F_SETFL, O_NONBLOCK);
  for (;;) {
    ssize_t got = read(0, line + length, 1);
    if (got == 0) return NULL;
    if (got < 0) {
      if (count) serve_sockets(never, now_us() + 5000);
      else usleep(5000);
    } else if (line[length] == '\n') {
      line[length] = 0;
      return line;
    } else if (++length >= size) fail("a command is longer than %zu bytes", size);
  }
}

static void read_mode(const char *name) {
  static const char *const names[MODES] = {"binary", "json", "raw", "ticks", "socketio", "poll"};
  acks = strcmp(name, "raw-acks") == 0;
  if (acks) name = "raw";
  while (mode < MODES && strcmp(names[mode], name)) mode++;
  if (mode == MODES) fail("unknown mode %s", name);
  acks = acks || mode == BINARY || mode == JSON;
}

int main(int argc, char **argv) {
  static char line[8192];
  if (argc == 2 && strcmp(argv[1], "decode") == 0) return decode_command();
  if (argc != 6) fail("usage: load MODE HOST PORT SAMPLE SECONDS_MAX, or load decode");
  read_mode(argv[1]);
  load_server(argv[2], argv[3]);
  sample = atoi(argv[4]) > 0 ? atoi(argv[4]) : 1;
  alarm(atoi(argv[5]));
  setvbuf(stdout, NULL, _IOLBF, 0);
  while (next_command(line, sizeof line)) {
    if (starts(line, strlen(line), "hello ")) command_hello(line + 6);
    else if (starts(line, strlen(line), "open ")) command_open(line + 5);
    else if (starts(line, strlen(line), "subscribe ")) command_subscribe(line + 10);
    else if (starts(line, strlen(line), "poll ")) command_poll(line + 5);
    else if (starts(line, strlen(line), "measure ")) command_measure(line + 8);
    else fail("unknown command: %s", line);
  }
  return 0;
}
