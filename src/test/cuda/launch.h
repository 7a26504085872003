// One launch of a kernel: its blocks, their warps and threads, and where they wait for each other. Every thread is a fibre; one runs at a time,
// in an order that a seed decides, until it waits or ends.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "error.h"
#include "fibre.h"
#include "kernels.h"
#include "races.h"
#include "sites.h"

namespace simulation {

constexpr uint32_t WARP = 32;
constexpr size_t WORD = 64;  // bytes that a lane may offer to the other lanes of its warp

struct Extent {
  uint32_t x = 1, y = 1, z = 1;

  uint64_t size() const { return uint64_t{x} * y * z; }
};

struct Block;
struct Launch;

struct Thread {
  enum class State { READY, AT_WARP, AT_BLOCK, AT_GRID, DONE };

  uint32_t number;  // in the launch
  uint32_t index;   // in its block
  Block* block;
  Fibre fibre;
  std::byte* stack = nullptr;
  State state = State::READY;
  const Site* site = nullptr;  // where it waits
  uint32_t mask = 0;           // with which lanes it waits for a warp
  bool offers = false;         // whether it brings something for them
  std::byte offer[WORD];
  std::array<uint32_t, WARP> ordered_before{};  // by lane: earlier accesses come before what this thread does now

  std::string name() const;
};

struct Block {
  Launch* launch;
  Extent index;
  std::vector<Thread> threads;
  std::vector<std::array<std::byte, WARP * WORD>> offered;  // by warp: what its lanes brought to the last exchange
  std::byte* shared = nullptr;
  std::vector<std::byte> shared_room;
  std::vector<Word> shared_words;  // empty until somebody checks
  uint32_t ordered_before = 0;  // accesses of this block before that time come before all that follows
  bool done = false;
};

struct Launch {
  const Kernel* kernel;
  Extent grid, block;
  size_t shared_bytes;
  bool cooperative;
  std::vector<std::byte> arguments;  // as Kernel::pack laid them out
  uint32_t ordered_before = 0;       // accesses before that time come before all of this launch, or its last grid barrier
  uint32_t now = 0;
};

/** How the simulation is to go. */
struct Options {
  uint32_t order = 0;  // 0: as they are numbered; 1: backwards; else shuffled with this seed
};

Options& options();

/** Runs it to its end, or to the first thing that is wrong. */
Finding run(Launch& launch);

/** The thread that runs; null outside of kernels. */
Thread* current();

/** Ends the launch from inside of it: the running thread never comes back. */
[[noreturn]] void stop(Finding finding);

/** __syncthreads. */
void wait_for_block(Site& site);

/** __syncwarp: also orders what the lanes of the mask did to memory. */
void wait_for_warp(Site& site, uint32_t mask);

/**
 * Brings something to the lanes of the mask and waits for what they bring; orders nothing in memory. Returns it, WORD bytes a lane, which stay
 * until this thread waits again.
 */
const std::byte* exchange(uint32_t mask, const void* offer, size_t bytes);

/** All blocks of a cooperative launch. */
void wait_for_grid(Site& site);

}  // namespace simulation
