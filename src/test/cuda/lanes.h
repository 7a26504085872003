// What a kernel asks the simulation for. Functions, so that kernels see nothing of its memory.
#pragma once
#include <cstddef>
#include <cstdint>
#include <source_location>

namespace simulation {

struct Index {
  uint32_t x, y, z;
};

// the same for a thread as long as it runs
[[gnu::const]] Index thread_index();
[[gnu::const]] Index block_index();
[[gnu::const]] Index block_size();
[[gnu::const]] Index grid_size();
[[gnu::const]] uint32_t lane();
[[gnu::const]] unsigned char* shared_memory();

void synchronize_block(std::source_location place);
void synchronize_warp(std::source_location place, uint32_t mask);
void synchronize_grid(std::source_location place);

/** What lane {@code from} brings. */
void shuffle(uint32_t mask, const void* value, size_t bytes, uint32_t from, void* result);

/** A warp's product on the tensor cores, see tensor_cores.cpp. */
void multiply_bf16(float* d, const uint32_t* a, const uint32_t* b);

}  // namespace simulation
