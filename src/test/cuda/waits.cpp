#include "waits.h"

namespace simulation {

namespace {
long count;
long left_out;
}  // namespace

Wait next_wait() { return ++count == left_out ? Wait::LEFT_OUT : Wait::FOR_WORK; }

void leave_out_wait(long number) {
  count = 0;
  left_out = number;
}

long waits() { return count; }

}  // namespace simulation
