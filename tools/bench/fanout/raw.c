/*
 * The physical limit beside which the servers are measured: it sends ready frames of about the size of Tickwire's, to as
 * many clients, as often, and does nothing else. Each frame costs it one write; no market, no encoding, no reading of
 * messages.
 *
 *   raw INTERVAL_MS SYMBOLS TICK_PERIOD_MS SECONDS_MAX
 *
 * It prints {"port":N} and serves until it is killed. Clients are spread over ten phases of the interval, as Tickwire's are.
 * A frame has eight bytes for each symbol, the lowest first: two of the ticks since the last frame, six of the newest one's
 * time, in milliseconds since 1970-01-01 UTC.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CLIENTS_MAX 100000
#define PHASES 10
#define MOMENTS 10              /* Of a period, at which symbols tick, as those of the synthetic feed. */
#define SYMBOLS_MAX 64
#define HEAD 4

static int clients[CLIENTS_MAX], ready[CLIENTS_MAX], count;
static unsigned char frame[HEAD + SYMBOLS_MAX * 8];
static size_t frame_length;
static long long sent_tick[PHASES][SYMBOLS_MAX];
static int symbols, listener, epoll_fd;
static long long period_ms;

static long long now_us(void) {
  struct timespec at;
  clock_gettime(CLOCK_REALTIME, &at);
  return at.tv_sec * 1000000LL + at.tv_nsec / 1000;
}

static void make_frame(void) {
  size_t length = symbols * 8;
  int head = length < 126 ? 2 : 4;
  unsigned char *start = frame + HEAD - head;
  start[0] = 0x82;
  start[1] = length < 126 ? length : 126;
  if (head == 4) {
    start[2] = length >> 8;
    start[3] = length & 255;
  }
  frame_length = head + length;
}

/* Sends one phase's clients the newest tick of every symbol. They are due as the synthetic feed's are. */
static void flush(int phase, long long start_ms) {
  long long now_ms = now_us() / 1000;
  for (int i = 0; i < symbols; i++) {
    long long offset_ms = i * MOMENTS / symbols * period_ms / MOMENTS, tick = (now_ms - start_ms - offset_ms) / period_ms;
    long long ticks = tick - sent_tick[phase][i], value = (start_ms + offset_ms + tick * period_ms) << 16 | (ticks & 0xffff);
    for (int byte = 0; byte < 8; byte++) frame[HEAD + i * 8 + byte] = value >> 8 * byte;
    sent_tick[phase][i] = tick;
  }
  const unsigned char *start = frame + HEAD + symbols * 8 - frame_length;
  for (int i = phase; i < count; i += PHASES) {
    if (ready[i] && send(clients[i], start, frame_length, MSG_NOSIGNAL) < 0 && errno != EAGAIN) ready[i] = 0;
  }
}

static void accept_one(void) {
  int one = 1, fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
  if (fd < 0) return;
  if (count == CLIENTS_MAX) exit(1);
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  struct epoll_event event = {.events = EPOLLIN, .data.u32 = count};
  clients[count++] = fd;
  epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event);
}

/* The first bytes of a client are its handshake, the next its subscription. */
static void readable(int index) {
  static const char answer[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                               "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
  char bytes[65536];
  ssize_t length = recv(clients[index], bytes, sizeof bytes, 0);
  if (length <= 0) {
    ready[index] = 0;
    close(clients[index]);
  } else if (bytes[0] == 'G') send(clients[index], answer, sizeof answer - 1, MSG_NOSIGNAL);
  else ready[index] = 1;
}

int main(int argc, char **argv) {
  if (argc != 5) {
    fprintf(stderr, "usage: raw INTERVAL_MS SYMBOLS TICK_PERIOD_MS SECONDS_MAX\n");
    return 1;
  }
  long long step_us = atof(argv[1]) * 1000 / PHASES;
  symbols = atoi(argv[2]);
  period_ms = atoll(argv[3]);
  if (step_us < 1 || symbols < 1 || symbols > SYMBOLS_MAX || period_ms < 1) return 1;
  alarm(atoi(argv[4]));
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  make_frame();
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  epoll_fd = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN, .data.u32 = CLIENTS_MAX}, events[256];
  if (bind(listener, (struct sockaddr *)&address, size) < 0 || listen(listener, 4096) < 0) return perror("raw"), 1;
  getsockname(listener, (struct sockaddr *)&address, &size);
  epoll_ctl(epoll_fd, EPOLL_CTL_ADD, listener, &event);
  printf("{\"port\":%d}\n", ntohs(address.sin_port));
  fflush(stdout);
  long long start_us = now_us(), due_us = start_us;
  for (long step = 0;;) {
    long long left = due_us - now_us();
    if (left <= 0) {
      flush(step++ % PHASES, start_us / 1000);
      due_us += step_us;
      continue;
    }
    struct timespec wait = {.tv_nsec = left * 1000 < 999999999 ? left * 1000 : 999999999};
    int got = epoll_pwait2(epoll_fd, events, 256, &wait, NULL);
    for (int i = 0; i < got; i++) {
      if (events[i].data.u32 == CLIENTS_MAX) accept_one();
      else readable(events[i].data.u32);
    }
  }
}
