#include "memory.h"

#include <sys/mman.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace simulation {

void* reserve(size_t bytes, bool accessible) {
  int rights = accessible ? PROT_READ | PROT_WRITE : PROT_NONE;
  void* memory = mmap(nullptr, bytes, rights, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) {
    std::perror("simulated CUDA driver: address space");
    std::abort();
  }
  return memory;
}

DeviceMemory::DeviceMemory()
    : base_(reinterpret_cast<uintptr_t>(reserve(REGION, false))),
      owners_(static_cast<uint32_t*>(reserve(REGION / PAGE * sizeof(uint32_t), true))) {}

Finding DeviceMemory::allocate(size_t bytes, uintptr_t* address) {
  if (bytes == 0) {
    return {INVALID_VALUE, "an allocation of 0 bytes"};
  }
  size_t pages = (bytes + PAGE - 1) / PAGE;
  size_t room = (pages + 1) * PAGE;  // a page behind it stays closed
  if (live_bytes_ + bytes > limit_ || next_ + room > REGION) {
    return {OUT_OF_MEMORY, std::to_string(bytes) + " bytes more than the " + std::to_string(live_bytes_) + " of " +
                               std::to_string(limit_) + " that are taken"};
  }
  uintptr_t start = base_ + next_;
  mprotect(reinterpret_cast<void*>(start), pages * PAGE, PROT_READ | PROT_WRITE);
  std::memset(reinterpret_cast<void*>(start), 0xff, bytes);
  allocations_.push_back({start, bytes, true});
  uint32_t number = static_cast<uint32_t>(allocations_.size());
  for (size_t page = 0; page <= pages; page++) {
    owners_[next_ / PAGE + page] = number;
  }
  next_ += room;
  live_bytes_ += bytes;
  live_allocations_++;
  *address = start;
  return {};
}

Finding DeviceMemory::free(uintptr_t address) {
  if (address == 0) {
    return {};
  }
  const Allocation* at = owner_of(address);
  if (at == nullptr || at->start != address || !at->live) {
    return {INVALID_VALUE, describe(address, 1, "cuMemFree is given")};
  }
  allocations_[at - allocations_.data()].live = false;
  live_bytes_ -= at->bytes;
  live_allocations_--;
  size_t pages = (at->bytes + PAGE - 1) / PAGE;
  madvise(reinterpret_cast<void*>(address), pages * PAGE, MADV_DONTNEED);
  mprotect(reinterpret_cast<void*>(address), pages * PAGE, PROT_NONE);
  return {};
}

std::string DeviceMemory::describe(uintptr_t address, size_t bytes, const char* what) const {
  char text[256];
  const Allocation* at = owner_of(address);
  if (at == nullptr) {
    std::snprintf(text, sizeof text, "%s %zu bytes at %#zx, which is no device memory", what, bytes, size_t{address});
  } else {
    std::snprintf(text, sizeof text, "%s %zu bytes at byte %zu of %s of %zu bytes", what, bytes,
                  size_t{address - at->start}, at->live ? "an allocation" : "a freed allocation", at->bytes);
  }
  return text;
}

}  // namespace simulation
