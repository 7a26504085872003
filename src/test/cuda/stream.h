// Work that goes on in the background. A real card may do it at any time until somebody waits for it; here it is always done at the last
// moment, so that a wait that is missing shows.
#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>

#include "error.h"

namespace simulation {

class Stream {
 public:
  using Operation = std::function<Finding()>;

  void add(Operation operation) { operations_.push_back({std::move(operation), false}); }

  /** A copy to memory that the program may take back at any time; it must be waited for before that. */
  void add_copy_to_program(Operation operation) { operations_.push_back({std::move(operation), true}); }

  bool is_idle() const { return operations_.empty(); }

  /** Does the next operation. Returns whether there was one. */
  bool advance();

  void finish() {
    while (advance()) {
    }
  }

  /** Somebody should have waited and didn't: nobody can tell any more whether there still is memory that copies were to go to. */
  void drop_copies_to_program();

 private:
  struct Entry {
    Operation operation;
    bool to_program;
  };

  std::deque<Entry> operations_;
};

/** A moment in a stream. What it stands for changes each time it is recorded. */
class Event {
 public:
  static void record(const std::shared_ptr<Event>& event, const std::shared_ptr<Stream>& stream);

  /** Whether the stream has come by the moment that was recorded last. */
  bool reached() const { return reached_ == recorded_; }

  /** Does one operation that stands before it. Returns whether there was one. */
  bool advance();

  /** How often it was recorded. */
  uint64_t recorded() const { return recorded_; }

  /** Does what stands before the moment that was recorded as the n-th. */
  void advance_to(uint64_t number) {
    while (reached_ < number && advance()) {
    }
  }

 private:
  std::weak_ptr<Stream> stream_;
  uint64_t recorded_ = 0;
  uint64_t reached_ = 0;
};

}  // namespace simulation
