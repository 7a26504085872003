// Streams and events.
#include "driver.h"
#include "waits.h"

using namespace simulation;

namespace {
Finding unknown(const char* what) { return {INVALID_HANDLE, std::string("no such ") + what}; }

/** Waits by advancing as long as there is work, unless this wait is to fail or to be left out; then says what comes of it. */
Finding wait(const std::function<bool()>& advance, const std::function<void()>& leave_out) {
  if (int code = faults().next("wait")) {
    card().broken = {static_cast<Code>(code), words_for(code)};
  } else if (next_wait() == Wait::LEFT_OUT) {
    leave_out();
  } else {
    while (advance()) {
    }
  }
  return card().broken;
}
}  // namespace

CUDA cuStreamCreate(void** stream, unsigned) {
  return answer("cuStreamCreate", Needs::CONTEXT, [&] {
    *stream = driver().streams.add(std::make_shared<Stream>());
    return Finding();
  });
}

CUDA cuStreamSynchronize(void* stream) {
  return answer("cuStreamSynchronize", Needs::CONTEXT, [&]() -> Finding {
    auto found = driver().streams.find(stream);
    if (!found) {
      return unknown("stream");
    }
    return found->is_idle() ? Finding() : wait([&] { return found->advance(); }, [&] { found->drop_copies_to_program(); });
  });
}

/** The stream goes on when the other one has come by the moment that was recorded last. It is a wait as any other: it may be left out. */
CUDA cuStreamWaitEvent(void* stream, void* event, unsigned) {
  return answer("cuStreamWaitEvent", Needs::CONTEXT, [&]() -> Finding {
    auto queue = driver().streams.find(stream);
    auto moment = driver().events.find(event);
    if (!queue || !moment) {
      return unknown(queue ? "event" : "stream");
    }
    return wait(
        [&] {
          queue->add([moment, number = moment->recorded()] {
            moment->advance_to(number);
            return Finding();
          });
          return false;
        },
        [] {});
  });
}

/** What is still to be done in it is done, as on a card. */
CUDA cuStreamDestroy_v2(void* stream) {
  return answer("cuStreamDestroy_v2", Needs::CONTEXT, [&] {
    auto found = driver().streams.find(stream);
    if (found) {
      found->finish();
    }
    return driver().streams.remove(stream) ? Finding() : unknown("stream");
  });
}

CUDA cuEventCreate(void** event, unsigned) {
  return answer("cuEventCreate", Needs::CONTEXT, [&] {
    *event = driver().events.add(std::make_shared<Event>());
    return Finding();
  });
}

CUDA cuEventRecord(void* event, void* stream) {
  return answer("cuEventRecord", Needs::CONTEXT, [&] {
    auto moment = driver().events.find(event);
    auto queue = driver().streams.find(stream);
    if (moment && queue) {
      Event::record(moment, queue);
    }
    return !moment ? unknown("event") : !queue ? unknown("stream") : Finding();
  });
}

CUDA cuEventSynchronize(void* event) {
  return answer("cuEventSynchronize", Needs::CONTEXT, [&]() -> Finding {
    auto moment = driver().events.find(event);
    if (!moment) {
      return unknown("event");
    }
    return moment->reached() ? Finding() : wait([&] { return moment->advance(); }, [] {});
  });
}

/** Each question gives the card time for one operation. */
CUDA cuEventQuery(void* event) {
  return answer("cuEventQuery", Needs::CONTEXT, [&]() -> Finding {
    auto moment = driver().events.find(event);
    if (!moment) {
      return unknown("event");
    }
    if (!moment->reached()) {
      moment->advance();
    }
    return moment->reached() ? Finding() : Finding{NOT_READY, words_for(NOT_READY)};
  });
}

CUDA cuEventDestroy_v2(void* event) {
  return answer("cuEventDestroy_v2", Needs::CONTEXT, [&] {
    return driver().events.remove(event) ? Finding() : unknown("event");
  });
}
