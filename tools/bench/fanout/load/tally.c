#include "load.h"
#include <string.h>

#define BUCKET_US 50            /* Width of a step of the latency histogram, which reaches to BUCKETS * BUCKET_US. */
#define BUCKETS 100000

struct tally tally;
int measuring;
long long tick_period_us;
static unsigned histogram[BUCKETS];

void tally_begin(long long period_us) {
  tick_period_us = period_us;
  memset(&tally, 0, sizeof tally);
  memset(histogram, 0, sizeof histogram);
}

void tally_update(long long stamp_ms, long long merged, long long wall_us) {
  tally.updates++;
  for (long long age = wall_us - stamp_ms * 1000; merged-- > 0; age += tick_period_us) {
    tally.ticks++;
    /* The clocks of two processes may differ by a fraction of a millisecond. */
    long long bucket = age < 0 ? 0 : age / BUCKET_US;
    if (bucket < BUCKETS) histogram[bucket]++;
    else tally.over++;
  }
}

double tally_quantile_ms(double share) {
  long long left = (tally.ticks - 1) * share + 1;
  for (int i = 0; i < BUCKETS; i++) {
    left -= histogram[i];
    if (left <= 0) return (i + 0.5) * BUCKET_US / 1000;
  }
  return BUCKETS * BUCKET_US / 1000.0;
}
