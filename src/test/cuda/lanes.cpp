#include "lanes.h"

#include <cstring>

#include "launch.h"

namespace simulation {

namespace {
Index index_of(const Extent& extent) { return {extent.x, extent.y, extent.z}; }
}  // namespace

Index thread_index() {
  const Extent& size = current()->block->launch->block;
  uint32_t index = current()->index;
  return {index % size.x, index / size.x % size.y, index / size.x / size.y};
}

Index block_index() { return index_of(current()->block->index); }

Index block_size() { return index_of(current()->block->launch->block); }

Index grid_size() { return index_of(current()->block->launch->grid); }

uint32_t lane() { return current()->index % WARP; }

unsigned char* shared_memory() { return reinterpret_cast<unsigned char*>(current()->block->shared); }

void synchronize_block(std::source_location place) {
  Site& site = sites().at(place, "__syncthreads");
  if (!site.left_out) {
    wait_for_block(site);
  }
}

void synchronize_warp(std::source_location place, uint32_t mask) {
  Site& site = sites().at(place, "__syncwarp");
  if (!site.left_out) {
    wait_for_warp(site, mask);
  }
}

void synchronize_grid(std::source_location place) {
  Site& site = sites().at(place, "grid_barrier");
  if (!site.left_out) {
    wait_for_grid(site);
  }
}

void shuffle(uint32_t mask, const void* value, size_t bytes, uint32_t from, void* result) {
  if ((mask >> from & 1) == 0) {
    stop({LAUNCH_FAILED, current()->name() + " asks for the value of lane " + std::to_string(from) + ", which is not in its mask"});
  }
  std::memcpy(result, exchange(mask, value, bytes) + from * WORD, bytes);
}

}  // namespace simulation
