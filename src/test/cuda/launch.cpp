#include "launch.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <numeric>
#include <random>

namespace simulation {

namespace {

/** A launch that doesn't end would hang its test. */
constexpr std::chrono::seconds LONGEST{300};

uint32_t clock_ = 0;  // goes on from launch to launch, so that what device memory remembers stays in the past
Thread* running = nullptr;
Fibre scheduler;
Finding finding;

Stacks& stacks() {
  static Stacks all;
  return all;
}

std::string waiting_place(const Thread& thread) {
  return thread.site == nullptr ? "an exchange in its warp" : thread.site->place;
}

/** Numbers in the order that the seed wants. */
void arrange(std::vector<uint32_t>& numbers, std::mt19937& random) {
  if (options().order == 1) {
    std::reverse(numbers.begin(), numbers.end());
  } else if (options().order > 1) {
    std::shuffle(numbers.begin(), numbers.end(), random);
  }
}

void thread_body() {
  {
    const Launch& launch = *running->block->launch;
    alignas(16) std::byte arguments[launch.arguments.size() + 1];  // on the thread's own stack, where it may read
    std::memcpy(arguments, launch.arguments.data(), launch.arguments.size());
    launch.kernel->call(arguments);
  }
  running->state = Thread::State::DONE;
  Fibre::enter(running->fibre, scheduler);
}

void resume(Thread& thread) {
  running = &thread;
  Fibre::enter(scheduler, thread.fibre);
  running = nullptr;
}

void wait(Thread::State state) {
  Thread& thread = *running;
  thread.state = state;
  Fibre::enter(thread.fibre, scheduler);
}

class Scheduler {
 public:
  explicit Scheduler(Launch& launch) : launch_(launch), random_(options().order) {}

  Finding run() {
    finding = {};
    launch_.ordered_before = launch_.now = ++clock_;
    std::vector<uint32_t> numbers(launch_.grid.size());
    std::iota(numbers.begin(), numbers.end(), 0);
    arrange(numbers, random_);
    if (launch_.cooperative || numbers.size() == 1) {
      run_together(numbers);
    } else {
      Block block;
      for (uint32_t number : numbers) {
        prepare(block, number, 0);
        run_until_stuck(block);
        if (!finding && !block.done) {
          explain_standstill(block);
        }
        if (finding) {
          break;
        }
      }
    }
    running = nullptr;
    return finding;
  }

 private:
  void prepare(Block& block, uint32_t number, size_t first_stack) {
    uint32_t threads = static_cast<uint32_t>(launch_.block.size());
    block.launch = &launch_;
    block.index = {number % launch_.grid.x, number / launch_.grid.x % launch_.grid.y, number / launch_.grid.x / launch_.grid.y};
    block.done = false;
    block.ordered_before = 0;
    block.threads.resize(threads);
    block.offered.resize((threads + WARP - 1) / WARP);
    block.shared_room.assign(launch_.shared_bytes + 128, std::byte{0xff});  // NaN, whatever kind of float it is taken for
    block.shared = reinterpret_cast<std::byte*>((reinterpret_cast<uintptr_t>(block.shared_room.data()) + 127) & ~uintptr_t{127});
    block.shared_words.clear();
    for (uint32_t i = 0; i < threads; i++) {
      Thread& thread = block.threads[i];
      thread.number = number * threads + i;
      thread.index = i;
      thread.block = &block;
      thread.state = Thread::State::READY;
      thread.site = nullptr;
      thread.ordered_before.fill(0);
      thread.stack = stacks().get(first_stack + i);
      thread.fibre.prepare(thread.stack, Stacks::BYTES, thread_body);
    }
  }

  void run_together(const std::vector<uint32_t>& numbers) {
    std::vector<Block> blocks(numbers.size());
    for (uint32_t number : numbers) {
      prepare(blocks[number], number, number * launch_.block.size());
    }
    for (;;) {
      bool done = true;
      for (uint32_t number : numbers) {
        run_until_stuck(blocks[number]);
        if (finding) {
          return;
        }
        done &= blocks[number].done;
      }
      if (done) {
        return;
      }
      if (!release_grid(blocks)) {
        for (Block& block : blocks) {
          explain_standstill(block);
        }
        return;
      }
    }
  }

  /** Until all of its threads wait for other blocks, or have ended, or can't go on. */
  void run_until_stuck(Block& block) {
    do {
      std::vector<uint32_t> warps(block.offered.size());
      std::iota(warps.begin(), warps.end(), 0);
      arrange(warps, random_);
      for (uint32_t warp : warps) {
        run_warp(block, warp);
        if (finding) {
          return;
        }
      }
    } while (release_block(block));
    block.done = std::all_of(block.threads.begin(), block.threads.end(),
                             [](const Thread& thread) { return thread.state == Thread::State::DONE; });
  }

  void run_warp(Block& block, uint32_t warp) {
    uint32_t first = warp * WARP;
    uint32_t end = std::min<uint32_t>(first + WARP, static_cast<uint32_t>(block.threads.size()));
    std::vector<uint32_t> lanes(end - first);
    do {
      std::iota(lanes.begin(), lanes.end(), first);
      arrange(lanes, random_);
      for (uint32_t lane : lanes) {
        Thread& thread = block.threads[lane];
        if (thread.state == Thread::State::READY) {
          resume(thread);
          if (finding) {
            return;
          }
        }
      }
    } while (release_warp(block, first, end));
    check_time();
  }

  /** Lets lanes go on whose whole mask has come. */
  bool release_warp(Block& block, uint32_t first, uint32_t end) {
    bool released = false;
    for (uint32_t i = first; i < end; i++) {
      Thread& thread = block.threads[i];
      if (thread.state == Thread::State::AT_WARP && all_have_come(block, first, end, thread)) {
        if (finding) {
          return false;
        }
        let_go(block, first, end, thread.mask, thread.offers);
        released = true;
      }
    }
    return released;
  }

  bool all_have_come(const Block& block, uint32_t first, uint32_t end, const Thread& waiting) {
    for (uint32_t i = first; i < end; i++) {
      const Thread& other = block.threads[i];
      if ((waiting.mask >> (i - first) & 1) == 0 || other.state == Thread::State::DONE) {
        continue;
      }
      if (other.state != Thread::State::AT_WARP) {
        return false;
      }
      if (other.mask != waiting.mask || other.offers != waiting.offers) {
        finding = {LAUNCH_FAILED, "divergent warp: " + waiting.name() + " waits at " + waiting_place(waiting) + " with other lanes than " +
                                      other.name() + " at " + waiting_place(other)};
        return true;
      }
    }
    return true;
  }

  void let_go(Block& block, uint32_t first, uint32_t end, uint32_t mask, bool exchanged) {
    std::array<uint32_t, WARP> joined{};
    if (!exchanged) {
      launch_.now = ++clock_;
      for (uint32_t i = first; i < end; i++) {
        if (mask >> (i - first) & 1) {
          for (uint32_t lane = 0; lane < WARP; lane++) {
            joined[lane] = std::max(joined[lane], block.threads[i].ordered_before[lane]);
          }
        }
      }
      for (uint32_t lane = 0; lane < WARP; lane++) {
        if (mask >> lane & 1) {
          joined[lane] = clock_;
        }
      }
    }
    for (uint32_t i = first; i < end; i++) {
      Thread& thread = block.threads[i];
      if ((mask >> (i - first) & 1) == 0 || thread.state != Thread::State::AT_WARP) {
        continue;
      }
      thread.state = Thread::State::READY;
      if (exchanged) {
        std::memcpy(&block.offered[first / WARP][(i - first) * WORD], thread.offer, WORD);
      } else {
        thread.ordered_before = joined;
      }
    }
  }

  /** Lets the threads go on if all of them have come to the same __syncthreads. */
  bool release_block(Block& block) {
    const Thread* waiting = nullptr;
    const Thread* ended = nullptr;
    for (const Thread& thread : block.threads) {
      if (thread.state == Thread::State::DONE) {
        ended = &thread;
      } else if (thread.state != Thread::State::AT_BLOCK) {
        return false;
      } else if (waiting != nullptr && waiting->site != thread.site) {
        finding = {LAUNCH_FAILED, "divergent barrier: " + waiting->name() + " waits at " + waiting_place(*waiting) + ", " + thread.name() +
                                      " at " + waiting_place(thread)};
        return false;
      } else {
        waiting = &thread;
      }
    }
    if (waiting == nullptr) {
      return false;
    }
    if (ended != nullptr) {
      finding = {LAUNCH_FAILED, "divergent barrier: " + waiting->name() + " waits at " + waiting_place(*waiting) + ", " + ended->name() + " has ended"};
      return false;
    }
    block.ordered_before = launch_.now = ++clock_;
    for (Thread& thread : block.threads) {
      thread.state = Thread::State::READY;
    }
    return true;
  }

  bool release_grid(std::vector<Block>& blocks) {
    const Thread* waiting = &blocks[0].threads[0];
    for (Block& block : blocks) {
      for (Thread& thread : block.threads) {
        if (thread.state != Thread::State::AT_GRID || thread.site != waiting->site) {
          return false;
        }
      }
    }
    launch_.ordered_before = launch_.now = ++clock_;
    for (Block& block : blocks) {
      for (Thread& thread : block.threads) {
        thread.state = Thread::State::READY;
      }
    }
    return true;
  }

  /** Some wait, and nobody will come. */
  void explain_standstill(const Block& block) {
    const Thread* one = nullptr;
    for (const Thread& thread : block.threads) {
      if (one == nullptr) {
        one = &thread;
      } else if (thread.state != one->state || thread.site != one->site) {
        const Thread& waits = one->state == Thread::State::DONE ? thread : *one;
        const Thread& other = &waits == one ? thread : *one;
        finding = {LAUNCH_FAILED, "divergent barrier: " + waits.name() + " waits at " + waiting_place(waits) + ", " + other.name() +
                                      (other.state == Thread::State::DONE ? " has ended" : " at " + waiting_place(other))};
        return;
      }
    }
    if (!finding) {
      finding = {LAUNCH_FAILED, "divergent barrier: " + one->name() + " waits at " + waiting_place(*one) + ", and the other blocks don't come"};
    }
  }

  void check_time() {
    if (++looks_ % 1024 == 0 && std::chrono::steady_clock::now() - began_ > LONGEST) {
      finding = {LAUNCH_TIMEOUT, "the kernel " + launch_.kernel->name + " has run for " + std::to_string(LONGEST.count()) + " s"};
    }
  }

  Launch& launch_;
  std::mt19937 random_;
  uint64_t looks_ = 0;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

}  // namespace

Options& options() {
  static Options chosen;
  return chosen;
}

std::string Thread::name() const {
  size_t threads = block->threads.size();
  return "thread " + std::to_string(index) + " of block " + std::to_string(number / threads);
}

Finding run(Launch& launch) { return Scheduler(launch).run(); }

Thread* current() { return running; }

void stop(Finding what) {
  finding = std::move(what);
  finding.text = "kernel " + running->block->launch->kernel->name + ": " + finding.text;
  Fibre::enter(running->fibre, scheduler);
  __builtin_unreachable();
}

void wait_for_block(Site& site) {
  running->site = &site;
  site.passes++;
  wait(Thread::State::AT_BLOCK);
}

void wait_for_warp(Site& site, uint32_t mask) {
  running->site = &site;
  site.passes++;
  running->mask = mask;
  running->offers = false;
  wait(Thread::State::AT_WARP);
}

const std::byte* exchange(uint32_t mask, const void* offer, size_t bytes) {
  running->site = nullptr;
  running->mask = mask;
  running->offers = true;
  std::memcpy(running->offer, offer, bytes);
  wait(Thread::State::AT_WARP);
  return running->block->offered[running->index / WARP].data();
}

void wait_for_grid(Site& site) {
  const Launch& launch = *running->block->launch;
  if (!launch.cooperative && launch.grid.size() > 1) {
    stop({LAUNCH_FAILED, "the blocks are to meet at " + site.place + ", but they weren't launched together: cuLaunchCooperativeKernel"});
  }
  running->site = &site;
  site.passes++;
  wait(Thread::State::AT_GRID);
}

}  // namespace simulation
