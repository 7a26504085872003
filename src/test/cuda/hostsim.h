// The language of the kernels for a C++ compiler: what portable.cuh gets from nvcc comes from here when they are built for the simulated card.
#pragma once
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <source_location>

#include "kernels.h"
#include "lanes.h"

#define DEVICE inline
#define METHOD inline
#define KERNEL(threads, blocks)                                                                            \
  static const bool SIMULATION_NAME(kernel_, __COUNTER__) = simulation::expect_kernel(threads, blocks);   \
  extern "C" __attribute__((visibility("hidden"))) void
#define REGISTER_KERNEL(name) static const bool registered_##name = simulation::Caller<name>::add(#name);
#define SHARED_MEMORY(pointer) unsigned char* pointer = simulation::shared_memory()

#define SIMULATION_NAME(a, b) SIMULATION_JOIN(a, b)
#define SIMULATION_JOIN(a, b) a##b

#define threadIdx (simulation::thread_index())
#define blockIdx (simulation::block_index())
#define blockDim (simulation::block_size())
#define gridDim (simulation::grid_size())

using std::max;
using std::min;

struct alignas(16) float4 {
  float x, y, z, w;
};

struct alignas(16) uint4 {
  u32 x, y, z, w;
};

inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }
inline uint4 make_uint4(u32 x, u32 y, u32 z, u32 w) { return {x, y, z, w}; }

template <int I>
inline float byte_to_float(u32 word) {
  return static_cast<float>(word >> 8 * I & 255);
}

inline u32 bits_of(float value) { return std::bit_cast<u32>(value); }
inline float float_of(u32 bits) { return std::bit_cast<float>(bits); }

inline float sum_of(float a, float b) { return a + b; }
inline float product_of(float a, float b) { return a * b; }
inline double sum_of(double a, double b) { return a + b; }
inline double product_of(double a, double b) { return a * b; }

inline void mma_bf16(float* d, const u32* a, const u32* b) { simulation::multiply_bf16(d, a, b); }

using SourceLocation = std::source_location;

inline void __syncthreads(SourceLocation place = SourceLocation::current()) { simulation::synchronize_block(place); }

inline void __syncwarp(u32 mask = 0xffffffffu, SourceLocation place = SourceLocation::current()) {
  simulation::synchronize_warp(place, mask);
}

/// On the card by atomic operations on the counter; here the scheduler sees to it.
inline void grid_barrier(u32*, SourceLocation place = SourceLocation::current()) { simulation::synchronize_grid(place); }

template <class T>
T __shfl_sync(u32 mask, T value, int lane) {
  T result;
  simulation::shuffle(mask, &value, sizeof value, static_cast<u32>(lane) % 32, &result);
  return result;
}

template <class T>
T __shfl_xor_sync(u32 mask, T value, int bits) {
  return __shfl_sync(mask, value, static_cast<int>(simulation::lane()) ^ bits);
}
