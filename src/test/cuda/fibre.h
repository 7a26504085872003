// A stack of its own for each simulated thread, and the change from one to another.
#pragma once
#include <cstddef>

#ifndef __x86_64__
#include <ucontext.h>
#endif

namespace simulation {

/** Where a computation stands that was left and is to be gone on with. */
struct Fibre {
#ifdef __x86_64__
  void* stack_pointer = nullptr;
#else
  ucontext_t context;
#endif

  /** Will run {@code body}, which never returns, on this stack when it is first entered. */
  void prepare(std::byte* stack, size_t bytes, void (*body)());

  /** Leaves {@code from} and goes on with {@code to}; comes back when somebody enters {@code from}. */
  static void enter(Fibre& from, Fibre& to);
};

/** Stacks of one size behind each other, each with a page in front that nobody may touch. */
class Stacks {
 public:
  static constexpr size_t BYTES = 128 << 10;

  /** The lower end of a stack; there is room for as many as are asked for. */
  std::byte* get(size_t number);

 private:
  static constexpr size_t PER_CHUNK = 1024;
  static constexpr size_t MOST_CHUNKS = 4096;
  std::byte* chunks_[MOST_CHUNKS] = {};
};

}  // namespace simulation
