#include "card.h"

#include <cstdlib>
#include <cstring>
#include <sstream>

#include "launch.h"

namespace simulation {

void* PinnedMemory::allocate(size_t bytes) {
  void* memory = std::aligned_alloc(4096, (bytes + 4095) / 4096 * 4096);
  if (memory != nullptr) {
    std::memset(memory, 0xff, bytes);
    pieces_[reinterpret_cast<uintptr_t>(memory)] = bytes;
  }
  return memory;
}

bool PinnedMemory::free(void* memory) {
  if (pieces_.erase(reinterpret_cast<uintptr_t>(memory)) == 0) {
    return false;
  }
  std::free(memory);
  return true;
}

bool PinnedMemory::holds(uintptr_t address, size_t bytes) const {
  auto piece = pieces_.upper_bound(address);
  if (piece == pieces_.begin()) {
    return false;
  }
  --piece;
  return address + bytes <= piece->first + piece->second;
}

/** As in the CUDA programming guide's table of compute capabilities. */
size_t Card::shared_per_block() const {
  switch (capability) {
    case 80:
    case 87:
      return 163 << 10;
    case 90:
    case 100:
    case 103:
      return 227 << 10;
    case 75:
      return 64 << 10;
    default:
      return capability < 70 ? 48 << 10 : capability < 80 ? 96 << 10 : 99 << 10;
  }
}

bool Card::configure(const std::string& words) {
  std::istringstream text(words);
  std::string word;
  while (text >> word) {
    size_t equals = word.find('=');
    if (equals == std::string::npos) {
      return false;
    }
    std::string name = word.substr(0, equals);
    long long value = std::atoll(word.c_str() + equals + 1);
    if (name == "sm") {
      capability = static_cast<int>(value);
    } else if (name == "multiprocessors") {
      multiprocessors = static_cast<int>(value);
    } else if (name == "driver") {
      driver = static_cast<int>(value);
    } else if (name == "devices") {
      devices = static_cast<int>(value);
    } else if (name == "busy") {
      busy = static_cast<size_t>(value);
    } else if (name == "memory") {
      memory.limit(static_cast<size_t>(value));
    } else if (name == "order") {
      options().order = static_cast<uint32_t>(value);
    } else {
      return false;
    }
  }
  return true;
}

Card& card() {
  static Card the_card;
  return the_card;
}

}  // namespace simulation
