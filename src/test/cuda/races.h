// Finds accesses to the same bytes that no barrier orders: each word of shared and of device memory remembers who wrote and who read it last,
// and when. What the simulation happens to run first is no excuse.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace simulation {

struct Thread;

/** The code address that an access came from; kept short. */
using Place = uint32_t;

/** Who touched a word when. Time passes whenever threads meet at a barrier; 0 is never. */
struct Touch {
  uint32_t thread = 0;  // its number in the launch
  uint32_t time = 0;
  Place place = 0;
};

/** Memory of one word: its last writer, its first reader since, and the last reader of another warp. */
struct Word {
  Touch write;
  Touch read;
  Touch other_read;
  uint8_t written = 0;  // which of the four bytes
  uint8_t was_read = 0;
  uint8_t other_was_read = 0;
};

/** Enters an access in {@code words}, memory's word for {@code address}; a race is told, "" is none. */
std::string touch(Word* words, uintptr_t address, size_t bytes, bool write, const Thread& thread, Place place);

}  // namespace simulation
