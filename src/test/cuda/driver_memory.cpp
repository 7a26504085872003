// Memory of the card, page-locked memory, copies.
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

#include "driver.h"
#include "races.h"

using namespace simulation;

namespace {
uintptr_t address_of(const void* pointer) { return reinterpret_cast<uintptr_t>(pointer); }

/** A piece of page-locked memory that begins in one must end in it. */
Finding check_host(const void* host, size_t bytes) {
  bool pinned = card().pinned.holds(address_of(host), 1);
  if (host == nullptr || (pinned && !card().pinned.holds(address_of(host), bytes))) {
    return {INVALID_VALUE, "the copy goes beyond its page-locked memory"};
  }
  return {};
}

bool is_pinned(const void* host) { return card().pinned.holds(address_of(host), 1); }

/** What stands there; nothing if the program has given it back to the system. */
std::vector<std::byte> read_host(const void* from, size_t bytes) {
  std::vector<std::byte> read(bytes);
  iovec here{read.data(), bytes};
  iovec there{const_cast<void*>(from), bytes};
  ssize_t count = process_vm_readv(getpid(), &here, 1, &there, 1, 0);
  if (count < 0 && errno != EFAULT) {  // not allowed in this container: then without the net
    std::memcpy(read.data(), from, bytes);
  } else {
    read.resize(count < 0 ? 0 : static_cast<size_t>(count));
  }
  return read;
}

Finding unknown_stream() { return {INVALID_HANDLE, "no such stream"}; }
}  // namespace

CUDA cuMemAlloc_v2(uintptr_t* address, size_t bytes) {
  return answer("cuMemAlloc_v2", Needs::CONTEXT, [&] { return card().memory.allocate(bytes, address); });
}

CUDA cuMemGetInfo_v2(size_t* free, size_t* all) {
  return answer("cuMemGetInfo_v2", Needs::CONTEXT, [&] {
    *all = card().memory.limit();
    *free = *all - card().memory.live_bytes() - (card().current == 0 ? card().busy : 0);
    return Finding();
  });
}

CUDA cuMemFree_v2(uintptr_t address) {
  return answer("cuMemFree_v2", Needs::CONTEXT, [&] { return card().memory.free(address); });
}

CUDA cuMemAllocHost_v2(void** memory, size_t bytes) {
  return answer("cuMemAllocHost_v2", Needs::CONTEXT, [&] {
    *memory = bytes == 0 ? nullptr : card().pinned.allocate(bytes);
    return *memory == nullptr ? Finding{bytes == 0 ? INVALID_VALUE : OUT_OF_MEMORY, "page-locked memory"} : Finding();
  });
}

CUDA cuMemFreeHost(void* memory) {
  return answer("cuMemFreeHost", Needs::CONTEXT, [&] {
    return card().pinned.free(memory) ? Finding() : Finding{INVALID_VALUE, "no page-locked memory begins there"};
  });
}

/** Host memory must stay as it is until the copy is made, which is when somebody waits for it. */
CUDA cuMemcpyHtoDAsync_v2(uintptr_t to, const void* from, size_t bytes, void* stream) {
  return answer("cuMemcpyHtoDAsync_v2", Needs::CONTEXT, [&]() -> Finding {
    auto queue = driver().streams.find(stream);
    if (!queue) {
      return unknown_stream();
    }
    if (Finding finding = check_host(from, bytes)) {
      return finding;
    }
    if (Finding finding = card().memory.check(to, bytes, "a copy writes")) {
      return {INVALID_VALUE, finding.text};
    }
    const std::byte* source = static_cast<const std::byte*>(from);
    std::vector<std::byte> expected(source, source + bytes);
    queue->add([=, expected = std::move(expected)]() -> Finding {
      if (Finding finding = card().memory.check(to, bytes, "a copy writes")) {
        return finding;
      }
      if (read_host(from, bytes) != expected) {
        return {LAUNCH_FAILED, "the " + std::to_string(bytes) + " bytes of the host that a copy takes have changed, or are gone, before anybody waited for it"};
      }
      std::memcpy(reinterpret_cast<void*>(to), expected.data(), bytes);
      return {};
    });
    return {};
  });
}

CUDA cuMemcpyDtoHAsync_v2(void* to, uintptr_t from, size_t bytes, void* stream) {
  return answer("cuMemcpyDtoHAsync_v2", Needs::CONTEXT, [&]() -> Finding {
    auto queue = driver().streams.find(stream);
    if (!queue) {
      return unknown_stream();
    }
    if (Finding finding = check_host(to, bytes)) {
      return finding;
    }
    if (Finding finding = card().memory.check(from, bytes, "a copy reads")) {
      return {INVALID_VALUE, finding.text};
    }
    Stream::Operation copy = [=]() -> Finding {
      if (Finding finding = card().memory.check(from, bytes, "a copy reads")) {
        return finding;
      }
      std::memcpy(to, reinterpret_cast<const void*>(from), bytes);
      return {};
    };
    if (is_pinned(to)) {
      queue->add(copy);
    } else {
      queue->add_copy_to_program(copy);
    }
    return {};
  });
}

CUDA cuMemsetD8Async(uintptr_t to, unsigned char value, size_t bytes, void* stream) {
  return answer("cuMemsetD8Async", Needs::CONTEXT, [&]() -> Finding {
    auto queue = driver().streams.find(stream);
    if (!queue) {
      return unknown_stream();
    }
    if (Finding finding = card().memory.check(to, bytes, "cuMemsetD8Async writes")) {
      return {INVALID_VALUE, finding.text};
    }
    queue->add([=]() -> Finding {
      if (Finding finding = card().memory.check(to, bytes, "cuMemsetD8Async writes")) {
        return finding;
      }
      std::memset(reinterpret_cast<void*>(to), value, bytes);
      return {};
    });
    return {};
  });
}
