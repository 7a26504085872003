// The simulated card and what is on it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "error.h"
#include "memory.h"

namespace simulation {

/** Page-locked memory of the host: copies to and from it go on in the background, and kernels may touch it. */
class PinnedMemory {
 public:
  void* allocate(size_t bytes);
  bool free(void* memory);

  /** Whether these bytes lie within one piece of it. */
  bool holds(uintptr_t address, size_t bytes) const;

  size_t live_allocations() const { return pieces_.size(); }

 private:
  std::map<uintptr_t, size_t> pieces_;  // start and size
};

struct Card {
  int capability = 90;
  int multiprocessors = 3;
  int driver = 13000;
  int devices = 1;
  size_t busy = 0;    // bytes of the first device that other programs have; the others are all ours
  int current = 0;    // the device whose context was retained last
  DeviceMemory memory;
  PinnedMemory pinned;
  int contexts = 0;   // how often the primary one is retained
  Finding broken;     // answered to every call until the last context is released

  /** The most shared memory that a block may ask for. */
  size_t shared_per_block() const;
  size_t shared_per_multiprocessor() const { return shared_per_block() + 1024; }

  /** Changes what "sm=86 multiprocessors=4 memory=1000000 driver=12000 devices=0 busy=0 order=7" names. */
  bool configure(const std::string& words);
};

Card& card();

}  // namespace simulation
