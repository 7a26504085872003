// How the calls of the driver's interface begin and end: one at a time, counted, perhaps failing on purpose.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "card.h"
#include "error.h"
#include "faults.h"
#include "kernels.h"
#include "stream.h"

#define CUDA extern "C" __attribute__((visibility("default"))) int

namespace simulation {

/** What must be there before a call makes sense. */
enum class Needs { NOTHING, DRIVER, CONTEXT };

/** A kernel as one program loaded it, with what the program set for it. */
struct Function {
  const Kernel* kernel;
  size_t most_shared;
};

/** Things that a program holds by a handle. */
template <class T>
class Handles {
 public:
  void* add(std::shared_ptr<T> thing) {
    void* handle = thing.get();
    things_[handle] = std::move(thing);
    return handle;
  }

  /** Null if it was closed, or never opened. */
  std::shared_ptr<T> find(void* handle) const {
    auto found = things_.find(handle);
    return found == things_.end() ? nullptr : found->second;
  }

  bool remove(void* handle) { return things_.erase(handle) != 0; }
  size_t size() const { return things_.size(); }
  void clear() { things_.clear(); }

 private:
  std::unordered_map<void*, std::shared_ptr<T>> things_;
};

struct Module {
  std::vector<std::shared_ptr<Function>> functions;
};

struct Driver {
  std::recursive_mutex one_at_a_time;
  bool started = false;
  long kernels_run = 0;
  Handles<Stream> streams;
  Handles<Event> events;
  Handles<Module> modules;
  Handles<Function> functions;
  Finding last;  // why the last call failed

  Driver();

  /** All that a program has taken and not given back. */
  size_t live() const;
};

Driver& driver();

/** Whether this thread of the program has made the context its own. */
bool& context_is_current();

/** Runs a call of the interface by its name. */
int answer(const char* call, Needs needs, const std::function<Finding()>& body);

}  // namespace simulation
