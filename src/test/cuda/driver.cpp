#include "driver.h"

#include <cstdio>
#include <cstdlib>

namespace simulation {

Driver::Driver() {
  if (const char* words = std::getenv("SIMULATED_CUDA_CARD"); words != nullptr && !card().configure(words)) {
    std::fprintf(stderr, "SIMULATED_CUDA_CARD can't be read: %s\n", words);
  }
  if (const char* rules = std::getenv("SIMULATED_CUDA_FAIL"); rules != nullptr && !faults().add(rules)) {
    std::fprintf(stderr, "SIMULATED_CUDA_FAIL can't be read: %s\n", rules);
  }
}

size_t Driver::live() const {
  return card().memory.live_allocations() + card().pinned.live_allocations() + streams.size() + events.size() + modules.size() +
         static_cast<size_t>(card().contexts);
}

Driver& driver() {
  static Driver the_driver;
  return the_driver;
}

bool& context_is_current() {
  thread_local bool current = false;
  return current;
}

namespace {
/** After these a real context is of no use any more. */
bool breaks_the_context(int code) { return (code >= 700 && code < 720) || code == 214 || code == 46; }

Finding look_for_obstacle(const char* call, Needs needs) {
  if (int code = faults().next(call)) {
    Finding injected{static_cast<Code>(code), words_for(code)};
    if (breaks_the_context(code)) {
      card().broken = injected;
    }
    return injected;
  }
  if (needs == Needs::NOTHING) {
    return {};
  }
  if (!driver().started) {
    return {NOT_INITIALIZED, "before cuInit"};
  }
  if (needs == Needs::CONTEXT && (card().contexts == 0 || !context_is_current())) {
    return {INVALID_CONTEXT, "no context is current in this thread: cuCtxSetCurrent"};
  }
  return {};
}
}  // namespace

int answer(const char* call, Needs needs, const std::function<Finding()>& body) {
  std::lock_guard lock(driver().one_at_a_time);
  Finding result = look_for_obstacle(call, needs);
  if (!result) {
    result = body();
    if (!result && needs == Needs::CONTEXT) {
      result = card().broken;
    }
  }
  if (result) {
    driver().last = result;
  }
  return result.code;
}

}  // namespace simulation
