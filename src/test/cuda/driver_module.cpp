// Kernels: their image, their limits, their launch.
#include <algorithm>
#include <cstring>

#include "driver.h"
#include "launch.h"

using namespace simulation;

namespace {
constexpr int MOST_DYNAMIC_SHARED = 8;  // CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES
constexpr size_t SHARED_WITHOUT_ASKING = 48 << 10;
constexpr uint64_t MOST_THREADS = 1024;
constexpr uint64_t THREADS_PER_MULTIPROCESSOR = 2048;
constexpr uint64_t BLOCKS_PER_MULTIPROCESSOR = 32;
constexpr size_t SHARED_FOR_THE_SYSTEM = 1024;  // of each block

/** A fatbin, a cubin or the text of PTX. What is in it doesn't matter: the kernels are in this library. */
bool is_image(const void* image) {
  constexpr unsigned char FATBIN[] = {0x50, 0xed, 0x55, 0xba};
  return std::memcmp(image, FATBIN, 4) == 0 || std::memcmp(image, "\177ELF", 4) == 0 || std::memcmp(image, "//", 2) == 0 ||
         std::memcmp(image, ".ver", 4) == 0;
}

/** Of a kernel whose registers allow what its __launch_bounds__ promise, and no more. */
uint64_t blocks_per_multiprocessor(const Function& function, uint64_t threads, size_t shared) {
  uint64_t whole_warps = (threads + WARP - 1) / WARP * WARP;
  return std::min({BLOCKS_PER_MULTIPROCESSOR, THREADS_PER_MULTIPROCESSOR / whole_warps,
                   uint64_t{card().shared_per_multiprocessor() / (shared + SHARED_FOR_THE_SYSTEM)},
                   static_cast<uint64_t>(function.kernel->least_blocks)});
}

Finding check_launch(const Function& function, const Extent& grid, const Extent& block, size_t shared, bool cooperative) {
  const Kernel& kernel = *function.kernel;
  std::string name = "the launch of " + kernel.name;
  if (grid.size() == 0 || grid.x > 0x7fffffffu || grid.y > 65535 || grid.z > 65535) {
    return {INVALID_VALUE, name + " has a grid that no card can do"};
  }
  if (block.size() == 0 || block.size() > MOST_THREADS || block.z > 64) {
    return {INVALID_VALUE, name + " has blocks of " + std::to_string(block.size()) + " threads; 1 to 1024 are possible"};
  }
  if (block.size() > static_cast<uint64_t>(kernel.most_threads)) {
    return {LAUNCH_OUT_OF_RESOURCES, name + " has blocks of " + std::to_string(block.size()) + " threads; __launch_bounds__ promises at most " +
                                         std::to_string(kernel.most_threads)};
  }
  if (shared > function.most_shared) {
    return {INVALID_VALUE, name + " asks for " + std::to_string(shared) + " bytes of shared memory; it may have " +
                               std::to_string(function.most_shared)};
  }
  uint64_t at_once = blocks_per_multiprocessor(function, block.size(), shared) * static_cast<uint64_t>(card().multiprocessors);
  if (cooperative && grid.size() > at_once) {
    return {COOPERATIVE_LAUNCH_TOO_LARGE, name + " wants " + std::to_string(grid.size()) + " blocks at once; the card holds " + std::to_string(at_once)};
  }
  return {};
}

Finding launch(void* function_handle, Extent grid, Extent block, unsigned shared, void* stream, void** arguments, bool cooperative) {
  auto function = driver().functions.find(function_handle);
  auto queue = driver().streams.find(stream);
  if (!function || !queue) {
    return {INVALID_HANDLE, !function ? "no such kernel" : "no such stream"};
  }
  if (Finding finding = check_launch(*function, grid, block, shared, cooperative)) {
    return finding;
  }
  Launch work{function->kernel, grid, block, shared, cooperative, function->kernel->pack(arguments)};
  queue->add([work]() mutable -> Finding {
    driver().kernels_run++;
    if (int code = faults().next("kernel")) {
      return {static_cast<Code>(code), words_for(code)};
    }
    return run(work);
  });
  return {};
}
}  // namespace

CUDA cuModuleLoadData(void** module, const void* image) {
  return answer("cuModuleLoadData", Needs::CONTEXT, [&]() -> Finding {
    if (image == nullptr || !is_image(image)) {
      return {static_cast<Code>(200), "neither a fatbin nor a cubin nor PTX"};
    }
    *module = driver().modules.add(std::make_shared<Module>());
    return {};
  });
}

CUDA cuModuleUnload(void* module) {
  return answer("cuModuleUnload", Needs::CONTEXT, [&]() -> Finding {
    auto found = driver().modules.find(module);
    if (!found) {
      return {INVALID_HANDLE, "no such module"};
    }
    for (const auto& function : found->functions) {
      driver().functions.remove(function.get());
    }
    driver().modules.remove(module);
    return {};
  });
}

CUDA cuModuleGetFunction(void** function, void* module, const char* name) {
  return answer("cuModuleGetFunction", Needs::CONTEXT, [&]() -> Finding {
    auto found = driver().modules.find(module);
    const Kernel* kernel = find_kernel(name);
    if (!found || kernel == nullptr) {
      return {!found ? INVALID_HANDLE : NOT_FOUND, !found ? "no such module" : "no kernel is called " + std::string(name)};
    }
    found->functions.push_back(std::make_shared<Function>(Function{kernel, SHARED_WITHOUT_ASKING}));
    *function = driver().functions.add(found->functions.back());
    return {};
  });
}

CUDA cuFuncSetAttribute(void* function, int attribute, int value) {
  return answer("cuFuncSetAttribute", Needs::CONTEXT, [&]() -> Finding {
    auto found = driver().functions.find(function);
    if (!found || attribute != MOST_DYNAMIC_SHARED) {
      return {!found ? INVALID_HANDLE : INVALID_VALUE, !found ? "no such kernel" : "the simulated card doesn't know this attribute"};
    }
    if (value < 0 || static_cast<size_t>(value) > card().shared_per_block()) {
      return {INVALID_VALUE, std::to_string(value) + " bytes of shared memory; a block can have " + std::to_string(card().shared_per_block())};
    }
    found->most_shared = std::max(SHARED_WITHOUT_ASKING, static_cast<size_t>(value));
    return {};
  });
}

CUDA cuLaunchKernel(void* function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x, unsigned block_y, unsigned block_z,
                    unsigned shared, void* stream, void** arguments, void**) {
  return answer("cuLaunchKernel", Needs::CONTEXT, [&] {
    return launch(function, {grid_x, grid_y, grid_z}, {block_x, block_y, block_z}, shared, stream, arguments, false);
  });
}

CUDA cuLaunchCooperativeKernel(void* function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x, unsigned block_y,
                               unsigned block_z, unsigned shared, void* stream, void** arguments) {
  return answer("cuLaunchCooperativeKernel", Needs::CONTEXT, [&] {
    return launch(function, {grid_x, grid_y, grid_z}, {block_x, block_y, block_z}, shared, stream, arguments, true);
  });
}
