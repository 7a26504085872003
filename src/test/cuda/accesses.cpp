// What the compiler calls before each access to memory in a kernel: with -fsanitize=thread it takes us for ThreadSanitizer, with
// -fsanitize=alignment,bounds for UndefinedBehaviorSanitizer. The access is held against what the thread may touch, and entered for the
// search for races.
#include <cstddef>
#include <cstdint>

#include "card.h"
#include "launch.h"
#include "places.h"
#include "races.h"

namespace simulation {

namespace {

Word* device_words() {
  static Word* words = static_cast<Word*>(reserve(DeviceMemory::REGION / 4 * sizeof(Word), true));
  return words;
}

void enter(Word* words, uintptr_t address, size_t bytes, bool write, const Thread& thread, const void* code) {
  std::string race = touch(words, address, bytes, write, thread, place_of(code));
  if (!race.empty()) {
    stop({LAUNCH_FAILED, race});
  }
}

void check_shared(Block& block, uintptr_t address, size_t bytes, bool write, const Thread& thread, const void* code) {
  size_t at = address - reinterpret_cast<uintptr_t>(block.shared);
  size_t all = block.launch->shared_bytes;
  if (at + bytes > all) {
    stop({ILLEGAL_ADDRESS, thread.name() + (write ? " writes " : " reads ") + std::to_string(bytes) + " bytes at byte " + std::to_string(at) +
                               " of " + std::to_string(all) + " of shared memory, at " + text_of(place_of(code))});
  }
  if (block.shared_words.empty()) {
    block.shared_words.resize(all / 4 + 1);
  }
  enter(&block.shared_words[at / 4], address, bytes, write, thread, code);
}

void check(const void* pointer, size_t bytes, bool write, const void* code) {
  Thread* thread = current();
  if (thread == nullptr) {
    return;  // the host's own code, such as initialisers
  }
  uintptr_t address = reinterpret_cast<uintptr_t>(pointer);
  uintptr_t stack = reinterpret_cast<uintptr_t>(thread->stack);
  if (address - stack < Stacks::BYTES) {
    return;
  }
  Block& block = *thread->block;
  uintptr_t shared = reinterpret_cast<uintptr_t>(block.shared);
  if (address - shared < block.shared_room.size()) {
    check_shared(block, address, bytes, write, *thread, code);
    return;
  }
  const DeviceMemory& memory = card().memory;
  if (memory.contains(address)) {
    Finding finding = memory.check(address, bytes, write ? "writes" : "reads");
    if (finding) {
      stop({finding.code, thread->name() + " " + finding.text + ", at " + text_of(place_of(code))});
    }
    enter(&device_words()[memory.offset(address) / 4], address, bytes, write, *thread, code);
    return;
  }
  if (card().pinned.holds(address, bytes) || (!write && in_this_library(address))) {
    return;
  }
  stop({ILLEGAL_ADDRESS, thread->name() + (write ? " writes to" : " reads from") + " memory that is neither the card's nor its own, at " +
                             text_of(place_of(code))});
}

}  // namespace
}  // namespace simulation

/** How the compiler describes a place in the text: the beginning of UndefinedBehaviorSanitizer's own structures. */
struct SourcePlace {
  const char* file;
  uint32_t line;
  uint32_t column;

  std::string text() const {
    std::string name(file);
    return name.substr(name.rfind('/') + 1) + ":" + std::to_string(line);
  }
};

struct MismatchedType {
  SourcePlace place;
  const void* type;
  unsigned char log_alignment;
  unsigned char kind;
};

extern "C" {
void __ubsan_handle_type_mismatch_v1(MismatchedType* mismatch, uintptr_t address) {
  using namespace simulation;
  if (Thread* thread = current()) {
    unsigned alignment = 1u << mismatch->log_alignment;
    stop({MISALIGNED_ADDRESS, thread->name() + " needs a multiple of " + std::to_string(alignment) + " for an address; this one leaves " +
                                  std::to_string(address % alignment) + ", at " + mismatch->place.text()});
  }
}

void __ubsan_handle_out_of_bounds(SourcePlace* place, uintptr_t index) {
  using namespace simulation;
  if (Thread* thread = current()) {
    stop({LAUNCH_FAILED, thread->name() + " uses index " + std::to_string(static_cast<intptr_t>(index)) + " of an array of its own, which is shorter, at " +
                             place->text()});
  }
}

void __tsan_init() {}
void __tsan_func_entry(void*) {}
void __tsan_func_exit() {}
void __tsan_read_range(void* p, size_t bytes) { simulation::check(p, bytes, false, __builtin_return_address(0)); }
void __tsan_write_range(void* p, size_t bytes) { simulation::check(p, bytes, true, __builtin_return_address(0)); }

#define ACCESS(bytes)                                                                                             \
  void __tsan_read##bytes(void* p) { simulation::check(p, bytes, false, __builtin_return_address(0)); }           \
  void __tsan_write##bytes(void* p) { simulation::check(p, bytes, true, __builtin_return_address(0)); }

ACCESS(1)
ACCESS(2)
ACCESS(4)
ACCESS(8)
ACCESS(16)
}
