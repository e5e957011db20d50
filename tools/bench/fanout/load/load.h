/* What the parts of the load generator share. load.c says what it is and what it does. */
#ifndef LOAD_H
#define LOAD_H

#define _GNU_SOURCE
#include <stddef.h>
#include <stdint.h>

#define SYMBOLS_MAX 256         /* Symbols that one client may be told of. */

/* How a server's messages are written. `raw` are frames of raw.c, `ticks` one JSON object a tick. */
enum mode { BINARY, JSON, RAW, TICKS, SOCKETIO, POLL, MODES };

/* Where one client stands with the symbols it was told of, by their numbers on its connection. */
struct symbol_state { long long seq, time_ms; };

struct connection {
  int fd;
  int handshaken;               /* The HTTP part is over. */
  int open;                     /* The server has answered for good: welcomed, where it does that. */
  int live;                     /* The first prices are here. */
  char *rest;                   /* Bytes of a message whose end has not come yet. */
  size_t rest_length, rest_size;
  long long frames, acked;      /* Numbers of the last frame received, and of the last one acknowledged. */
  long long unacked_us;         /* When the first of those not acknowledged came. */
  long long asked_us, due_us;   /* Where it polls: when it last asked, and when it will again; 0 while it waits. */
  struct symbol_state *symbols; /* Of sampled connections: SYMBOLS_MAX of them. */
};

extern enum mode mode;
extern int acks;                /* Whether clients acknowledge frames. */
extern struct connection *connections;
extern int count, opened, opening, lives;

/* clock.c */
void fail(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));
long long now_us(void);         /* A clock that never steps back. */
long long wall_us(void);        /* Since 1970-01-01 UTC: the clock of the feed's stamps. */
double cpu_ms(void);

/* tally.c: what was seen while it was measured. */
extern struct tally {
  long long frames, bytes, bytes_up, updates, ticks, over;
} tally;
extern int measuring;
extern long long tick_period_us;
void tally_begin(long long period_us);
double tally_quantile_ms(double share);
/* Counts one update that brings `merged` ticks, the newest of which was due at `stamp_ms`. */
void tally_update(long long stamp_ms, long long merged, long long wall_us);

/* json.c: updates in text. */
int starts(const char *text, size_t length, const char *with);
const char *number_after(const char *from, const char *end, const char *name, long long *value);
void read_json_updates(const char *text, size_t length);
void read_json_tick(const char *text, size_t length);
void read_polled_quotes(struct connection *c, const char *text, size_t length);

/* binary.c: tickwire.v1.bin, as far as a subscriber of `quote` meets it. */
typedef void update_seen(const struct symbol_state *state, long long merged);
struct symbol_state *symbol_states(void);
/* Reads a frame through: snapshots for what later ones build on, updates for `seen`. */
void read_binary_frame(struct symbol_state *states, const unsigned char *bytes, size_t length, update_seen *seen);
long long welcome_window(const unsigned char *bytes, size_t length);
int decode_command(void);

/* session.c: what a client does with a message. */
void set_hello(unsigned char *bytes, size_t length);
int say_hello(struct connection *c); /* Whether there is one, and so a welcome to wait for. */
void acknowledge_overdue(void); /* Of all connections; call it from time to time. */
void receive_message(struct connection *c, int opcode, const char *payload, size_t length);
void receive_polled(struct connection *c, const char *body, size_t length);
void request_poll(struct connection *c);
void set_poll(const char *path, long long interval_us);

/* due.c: what is to be done later. */
void due_reserve(int connections);
void poll_at(struct connection *c, long long due_us);
int due_run(int most_ms);       /* Does what is due; returns the milliseconds until more is, at most `most_ms`. */

/* sockets.c */
void load_server(const char *host, const char *port);
void connect_one(struct connection *c);
void serve_sockets(int (*done)(void), long long until_us);
void send_frame(struct connection *c, int opcode, const void *payload, size_t length);
void send_text(struct connection *c, const char *text);
void send_bytes(struct connection *c, const void *bytes, size_t length);
int is_sampled(const struct connection *c);
extern int sample;

#endif
