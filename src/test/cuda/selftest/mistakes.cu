// Kernels that do something wrong, one thing each, and a few that look like it and are right. What the simulated card must say of them
// stands in selftest.cpp.
#include "portable.cuh"

KERNEL(64, 1) reads_a_neighbour_without_barrier(float* out) {
  SHARED_MEMORY(memory);
  float* shared = (float*)memory;
  shared[threadIdx.x] = 1;
  out[threadIdx.x] = shared[63 - threadIdx.x];
}
REGISTER_KERNEL(reads_a_neighbour_without_barrier)

KERNEL(64, 1) reads_a_neighbour_behind_a_barrier(float* out) {
  SHARED_MEMORY(memory);
  float* shared = (float*)memory;
  shared[threadIdx.x] = (float)threadIdx.x;
  __syncthreads();
  out[threadIdx.x] = shared[63 - threadIdx.x];
}
REGISTER_KERNEL(reads_a_neighbour_behind_a_barrier)

KERNEL(64, 1) overwrites_what_others_read(float* out) {
  SHARED_MEMORY(memory);
  float* shared = (float*)memory;
  shared[threadIdx.x] = 1;
  __syncthreads();
  out[threadIdx.x] = shared[0];
  if (threadIdx.x == 0) shared[0] = 2;
}
REGISTER_KERNEL(overwrites_what_others_read)

KERNEL(64, 1) takes_a_warp_barrier_for_a_block_barrier(float* out) {
  SHARED_MEMORY(memory);
  float* shared = (float*)memory;
  shared[threadIdx.x] = 1;
  __syncwarp();
  out[threadIdx.x] = shared[(threadIdx.x + 32) % 64];
}
REGISTER_KERNEL(takes_a_warp_barrier_for_a_block_barrier)

KERNEL(64, 1) stays_in_its_warp(float* out) {
  SHARED_MEMORY(memory);
  float* shared = (float*)memory;
  shared[threadIdx.x] = (float)threadIdx.x;
  __syncwarp();
  out[threadIdx.x] = shared[threadIdx.x ^ 1];
}
REGISTER_KERNEL(stays_in_its_warp)

KERNEL(64, 1) takes_a_shuffle_for_a_barrier(float* out) {
  SHARED_MEMORY(memory);
  float* shared = (float*)memory;
  shared[threadIdx.x] = 1;
  out[threadIdx.x] = __shfl_xor_sync(0xffffffffu, 1.0f, 1);
  out[threadIdx.x] += shared[threadIdx.x ^ 1];
}
REGISTER_KERNEL(takes_a_shuffle_for_a_barrier)

KERNEL(64, 1) writes_to_a_neighbour_in_device_memory(float* out) {
  out[threadIdx.x] = 1;
  out[threadIdx.x / 2] = 2;
}
REGISTER_KERNEL(writes_to_a_neighbour_in_device_memory)

KERNEL(64, 1) shares_a_word_by_bytes(float* out) {
  u8* bytes = (u8*)out;
  bytes[threadIdx.x] = (u8)threadIdx.x;
}
REGISTER_KERNEL(shares_a_word_by_bytes)

KERNEL(64, 1) blocks_write_to_the_same_place(float* out) {
  if (threadIdx.x == 0) out[0] = (float)blockIdx.x;
}
REGISTER_KERNEL(blocks_write_to_the_same_place)

KERNEL(64, 1) blocks_meet(float* out) {
  out[blockIdx.x * blockDim.x + threadIdx.x] = (float)blockIdx.x;
  grid_barrier(0);
  const float other = out[(blockIdx.x + 1) % gridDim.x * blockDim.x + threadIdx.x];
  grid_barrier(0);
  out[blockIdx.x * blockDim.x + threadIdx.x] = other;
}
REGISTER_KERNEL(blocks_meet)

KERNEL(64, 1) writes_behind_its_memory(float* out) { out[threadIdx.x + 1] = 1; }
REGISTER_KERNEL(writes_behind_its_memory)

KERNEL(64, 1) reads_behind_shared_memory(float* out) {
  SHARED_MEMORY(memory);
  out[threadIdx.x] = ((float*)memory)[threadIdx.x + 1];
}
REGISTER_KERNEL(reads_behind_shared_memory)

KERNEL(64, 1) writes_four_where_one_may(float* out) { *(float4*)(out + threadIdx.x) = make_float4(1, 1, 1, 1); }
REGISTER_KERNEL(writes_four_where_one_may)

KERNEL(64, 1) reads_at_an_address_of_nothing(float* out) { out[threadIdx.x] = *(const float*)(size_t)(4096 + 4 * threadIdx.x); }
REGISTER_KERNEL(reads_at_an_address_of_nothing)

KERNEL(64, 1) reads_behind_its_own_array(float* out) {
  float own[4] = {1, 2, 3, 4};
  out[threadIdx.x] = own[threadIdx.x / 8];
}
REGISTER_KERNEL(reads_behind_its_own_array)

KERNEL(64, 1) leaves_before_the_barrier(float* out) {
  if (threadIdx.x == 5) return;
  __syncthreads();
  out[threadIdx.x] = 1;
}
REGISTER_KERNEL(leaves_before_the_barrier)

KERNEL(64, 1) waits_at_two_places(float* out) {
  if (threadIdx.x < 32) {
    __syncthreads();
  } else {
    __syncthreads();
  }
  out[threadIdx.x] = 1;
}
REGISTER_KERNEL(waits_at_two_places)

KERNEL(64, 1) shuffles_with_half_a_warp(float* out) {
  out[threadIdx.x] = 0;
  if (threadIdx.x % 32 < 16) out[threadIdx.x] = __shfl_xor_sync(0xffffffffu, 1.0f, 1);
  __syncwarp();
}
REGISTER_KERNEL(shuffles_with_half_a_warp)

KERNEL(64, 1) trusts_fresh_shared_memory(float* out) {
  SHARED_MEMORY(memory);
  out[threadIdx.x] = ((float*)memory)[threadIdx.x];
}
REGISTER_KERNEL(trusts_fresh_shared_memory)

KERNEL(64, 1) sums_by_shuffles(float* out) {
  float sum = (float)threadIdx.x;
  for (int i = 16; i > 0; i /= 2) sum += __shfl_xor_sync(0xffffffffu, sum, i);
  out[threadIdx.x] = sum;
}
REGISTER_KERNEL(sums_by_shuffles)
