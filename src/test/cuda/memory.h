// The memory of the simulated card. Addresses are the host's own, so that kernels may use them as they are; whatever isn't allocated can't be
// touched, and what is fresh holds NaN.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "error.h"

namespace simulation {

class DeviceMemory {
 public:
  struct Allocation {
    uintptr_t start;
    size_t bytes;
    bool live;
  };

  DeviceMemory();

  /** Poisoned with 0xff: NaN in float32 and float64, -1 in integers. */
  Finding allocate(size_t bytes, uintptr_t* address);

  Finding free(uintptr_t address);

  /** What is wrong with an access to these bytes; nothing if they belong to one living allocation. */
  Finding check(uintptr_t address, size_t bytes, const char* what) const {
    const Allocation* at = owner_of(address);
    if (at != nullptr && at->live && address >= at->start && address + bytes <= at->start + at->bytes) [[likely]] {
      return {};
    }
    return {ILLEGAL_ADDRESS, describe(address, bytes, what)};
  }

  /** Whether it lies where device memory is handed out, allocated or not. */
  bool contains(uintptr_t address) const { return address - base_ < REGION; }

  /** The distance from the first address there is. */
  size_t offset(uintptr_t address) const { return address - base_; }

  size_t live_allocations() const { return live_allocations_; }
  size_t live_bytes() const { return live_bytes_; }

  /** As if this were all the memory that the card has. */
  void limit(size_t bytes) { limit_ = bytes; }
  size_t limit() const { return limit_; }

  static constexpr size_t REGION = size_t{64} << 30;

 private:
  static constexpr size_t PAGE = 4096;

  const Allocation* owner_of(uintptr_t address) const {
    if (!contains(address)) {
      return nullptr;
    }
    uint32_t number = owners_[offset(address) / PAGE];
    return number == 0 ? nullptr : &allocations_[number - 1];
  }

  std::string describe(uintptr_t address, size_t bytes, const char* what) const;

  uintptr_t base_;
  uint32_t* owners_;  // of each page: 1 + the number of the allocation; freed ones stay, so that a late access can be explained
  std::vector<Allocation> allocations_;
  size_t next_ = 0;
  size_t limit_ = size_t{8} << 30;
  size_t live_bytes_ = 0;
  size_t live_allocations_ = 0;
};

/** Address space that takes no memory until it is written. */
void* reserve(size_t bytes, bool accessible);

}  // namespace simulation
