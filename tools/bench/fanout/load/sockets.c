/* Connections, and what of WebSocket and HTTP a client needs. */
#include "load.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define READ_BYTES (256 * 1024)
#define CLIENTS_PER_ADDRESS 5000

static struct sockaddr_in server;
static int epoll_fd = -1;
static char input[READ_BYTES];

int is_sampled(const struct connection *c) { return (c - connections) % sample == 0; }

void send_bytes(struct connection *c, const void *bytes, size_t length) {
  /* Requests are small: where the socket has no room for one, the server has stopped reading. */
  if (send(c->fd, bytes, length, MSG_NOSIGNAL) != (ssize_t)length) {
    fail("the server no longer takes what a client sends (%s)", strerror(errno));
  }
  if (measuring) tally.bytes_up += length;
}

/* A client's frame. Its mask is zero, which leaves the payload as it is. */
void send_frame(struct connection *c, int opcode, const void *payload, size_t length) {
  static unsigned char frame[65536 + 16];
  size_t head = 2;
  if (length > 65535) fail("a message is longer than 65535 bytes");
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
  send_bytes(c, frame, head + 4 + length);
}

void send_text(struct connection *c, const char *text) { send_frame(c, 1, text, strlen(text)); }

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
    receive_message(c, head[0] & 15, bytes + at + skip, size);
    at += skip + size;
  }
  return at;
}

static size_t read_answer(struct connection *c, const char *bytes, size_t length) {
  const char *end = memmem(bytes, length, "\r\n\r\n", 4);
  if (!end) return 0;
  if (!starts(bytes, length, "HTTP/1.1 200")) fail("the server answered a poll with %.40s", bytes);
  const char *field = strcasestr(bytes, "\ncontent-length:");
  if (!field || field > end) fail("the server's answer to a poll has no Content-Length");
  size_t body = strtoul(field + 16, NULL, 10), head = end + 4 - bytes;
  if (length < head + body) return 0;
  receive_polled(c, end + 4, body);
  return head + body;
}

static size_t read_handshake(struct connection *c, const char *bytes, size_t length) {
  const char *end = memmem(bytes, length, "\r\n\r\n", 4);
  if (!end) return 0;
  if (!starts(bytes, length, "HTTP/1.1 101")) {
    fail("the server refused a client: %.*s", (int)(length < 400 ? length : 400), bytes);
  }
  c->handshaken = 1;
  if (!say_hello(c) && mode != SOCKETIO) {
    c->open = 1;
    opened++;
    opening--;
  }
  return end + 4 - bytes;
}

static void received(struct connection *c, const char *bytes, size_t length) {
  size_t used = c->handshaken ? 0 : read_handshake(c, bytes, length);
  if (mode == POLL) used += read_answer(c, bytes + used, length - used);
  else if (c->handshaken) used += read_frames(c, bytes + used, length - used);
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
  if (measuring) tally.bytes += length;
  c->rest_length = 0;
  input[held + length] = 0;
  received(c, input, held + length);
}

void load_server(const char *host, const char *port) {
  server.sin_family = AF_INET;
  server.sin_port = htons(atoi(port));
  if (inet_pton(AF_INET, host, &server.sin_addr) != 1 || (ntohl(server.sin_addr.s_addr) >> 24) != 127) {
    fail("%s is not an address of the loopback, and no other is to be loaded", host);
  }
  epoll_fd = epoll_create1(0);
}

static void open_socket(struct connection *c, int index) {
  int one = 1;
  struct linger hard = {1, 0};
  /* One address has 28,000 ports to call from: more clients than that come from several of the loopback's. */
  struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + index / CLIENTS_PER_ADDRESS)};
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (c->fd < 0) fail("connection %d: %s", index, strerror(errno));
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  setsockopt(c->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
  /* A reset at the end leaves no port in TIME_WAIT, so that the next round has them all. */
  setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  if (bind(c->fd, (struct sockaddr *)&from, sizeof from) < 0 || connect(c->fd, (struct sockaddr *)&server, sizeof server) < 0) {
    fail("connection %d: %s", index, strerror(errno));
  }
  fcntl(c->fd, F_SETFL, O_NONBLOCK);
  struct epoll_event event = {.events = EPOLLIN, .data.u32 = index};
  if (epoll_ctl(epoll_fd, EPOLL_CTL_ADD, c->fd, &event) < 0) fail("epoll: %s", strerror(errno));
}

void connect_one(struct connection *c) {
  static const char *const protocols[MODES] = {
    [BINARY] = "Sec-WebSocket-Protocol: tickwire.v1.bin\r\n", [JSON] = "Sec-WebSocket-Protocol: tickwire.v1.json\r\n",
  };
  open_socket(c, c - connections);
  if (mode == POLL) {
    c->open = c->handshaken = 1;
    opened++;
    return;
  }
  char text[512];
  int length = snprintf(text, sizeof text,
    "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n",
    mode == SOCKETIO ? "/socket.io/?EIO=4&transport=websocket" : "/ws", ntohs(server.sin_port),
    protocols[mode] ? protocols[mode] : "");
  opening++;
  send_bytes(c, text, length);
}

/* Serves the sockets until `done()`, or until `until_us` where that is not 0. */
void serve_sockets(int (*done)(void), long long until_us) {
  struct epoll_event events[512];
  while (!done()) {
    int most_ms = 20;
    if (until_us) {
      long long left = until_us - now_us();
      if (left <= 0) return;
      if (left / 1000 + 1 < most_ms) most_ms = left / 1000 + 1;
    }
    int ready = epoll_wait(epoll_fd, events, 512, due_run(most_ms));
    for (int i = 0; i < ready; i++) readable(&connections[events[i].data.u32]);
  }
}
