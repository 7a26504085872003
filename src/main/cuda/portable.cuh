// The little that lets one source be compiled by nvcc for a GPU and, for tests on machines without one, by a C++ compiler for
// a simulated device. Kernels keep to it: one argument (an array of pointers to jobs), shared memory only through SHARED_MEMORY, whole warps in __shfl_*_sync,
// nothing that is written during a launch read through __restrict__ or __ldg.
#pragma once

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;

#if defined(__CUDACC__)

#define DEVICE static __device__ __forceinline__
#define METHOD __device__ __forceinline__
#define KERNEL(threads, blocks) extern "C" __global__ void __launch_bounds__(threads, blocks)
#define REGISTER_KERNEL(name)
#define SHARED_MEMORY(pointer)                                  \
  extern __shared__ __align__(128) unsigned char sharedMemory[]; \
  unsigned char* pointer = sharedMemory

/// Byte i of a word as a float: 2^23 + byte is a float whose last bits are the byte's.
template <int I>
DEVICE float byte_to_float(u32 word) {
  return __uint_as_float(__byte_perm(word, 0x4B000000u, 0x7650 + I)) - 8388608.0f;
}

DEVICE u32 bits_of(float value) { return __float_as_uint(value); }

DEVICE float float_of(u32 bits) { return __uint_as_float(bits); }

// One operation, rounded, as Java does it: the compiler fuses none of these with another.
DEVICE float sum_of(float a, float b) { return __fadd_rn(a, b); }
DEVICE float product_of(float a, float b) { return __fmul_rn(a, b); }
DEVICE double sum_of(double a, double b) { return __dadd_rn(a, b); }
DEVICE double product_of(double a, double b) { return __dmul_rn(a, b); }

/// d += a b on the tensor cores: a (16, 16) and b (16, 8) of bfloat16, d (16, 8), spread over the lanes as PTX's mma.m16n8k16 has it.
DEVICE void mma_bf16(float* d, const u32* a, const u32* b) {
  asm volatile(
      "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0,%1,%2,%3},{%4,%5,%6,%7},{%8,%9},{%0,%1,%2,%3};"
      : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}

/// All blocks of the launch meet here: what any of them wrote before, all see behind. `counter` starts at 0; the launch must be cooperative.
DEVICE void grid_barrier(u32* counter) {
  __syncthreads();
  if (threadIdx.x == 0) {
    __threadfence();
    const u32 target = (atomicAdd(counter, 1u) / gridDim.x + 1) * gridDim.x;
    while (*(volatile u32*)counter < target) {
    }
    __threadfence();
  }
  __syncthreads();
}

#else

#include "hostsim.h"

#endif
