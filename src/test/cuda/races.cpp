#include "races.h"

#include "launch.h"
#include "places.h"

namespace simulation {

namespace {

/** Whether a barrier stands between that access and what this thread does now. */
bool ordered(const Touch& earlier, const Thread& thread) {
  const Block& block = *thread.block;
  if (earlier.time < block.launch->ordered_before || earlier.thread == thread.number) {
    return true;
  }
  uint32_t first = block.threads.front().number;
  uint32_t index = earlier.thread - first;  // wraps if it is of a block before
  if (index >= block.threads.size()) {
    return false;
  }
  if (earlier.time < block.ordered_before) {
    return true;
  }
  return index / WARP == (thread.number - first) / WARP && earlier.time < thread.ordered_before[index % WARP];
}

std::string conflict(const char* does, const Thread& thread, Place place, const char* did, const Touch& earlier) {
  size_t threads = thread.block->threads.size();
  return "race: " + thread.name() + " " + does + ", at " + text_of(place) + ", what thread " +
         std::to_string(earlier.thread % threads) + " of block " + std::to_string(earlier.thread / threads) + " " + did +
         ", at " + text_of(earlier.place) + ", and no barrier stands between";
}

std::string touch_word(Word& word, uint8_t bytes, bool write, const Thread& thread, Place place) {
  bool wrote = (word.written & bytes) != 0 && !ordered(word.write, thread);
  if (wrote) {
    return conflict(write ? "writes" : "reads", thread, place, "wrote", word.write);
  }
  Touch now{thread.number, thread.block->launch->now, place};
  if (!write) {
    if (word.was_read == 0 || ordered(word.read, thread)) {
      bool same = word.read.thread == thread.number && word.read.time == now.time;
      word.was_read = static_cast<uint8_t>(same ? word.was_read | bytes : bytes);
      word.read = now;
    } else if (word.read.thread / WARP != thread.number / WARP || word.other_was_read == 0 ||
               word.read.thread / WARP == word.other_read.thread / WARP) {
      word.other_read = now;
      word.other_was_read = bytes;
    }
    return "";
  }
  if ((word.was_read & bytes) != 0 && !ordered(word.read, thread)) {
    return conflict("writes", thread, place, "read", word.read);
  }
  if ((word.other_was_read & bytes) != 0 && !ordered(word.other_read, thread)) {
    return conflict("writes", thread, place, "read", word.other_read);
  }
  bool same = word.write.thread == thread.number && word.write.time == now.time;
  word.written = static_cast<uint8_t>(same ? word.written | bytes : bytes);
  word.write = now;
  return "";
}

}  // namespace

std::string touch(Word* words, uintptr_t address, size_t bytes, bool write, const Thread& thread, Place place) {
  while (bytes > 0) {
    size_t from = address % 4;
    size_t count = bytes < 4 - from ? bytes : 4 - from;
    uint8_t mask = static_cast<uint8_t>(((1u << count) - 1) << from);
    std::string race = touch_word(*words++, mask, write, thread, place);
    if (!race.empty()) {
      return race;
    }
    address += count;
    bytes -= count;
  }
  return "";
}

}  // namespace simulation
