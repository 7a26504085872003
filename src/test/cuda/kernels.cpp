#include "kernels.h"

#include <map>

namespace simulation {

namespace {
std::map<std::string, Kernel, std::less<>>& kernels() {
  static std::map<std::string, Kernel, std::less<>> all;
  return all;
}

int expected_threads;
int expected_blocks;
}  // namespace

const Kernel* find_kernel(std::string_view name) {
  auto found = kernels().find(name);
  return found == kernels().end() ? nullptr : &found->second;
}

bool expect_kernel(int most_threads, int least_blocks) {
  expected_threads = most_threads;
  expected_blocks = least_blocks;
  return true;
}

bool add_kernel(const char* name, std::vector<size_t> argument_bytes, void (*call)(const std::byte*)) {
  kernels()[name] = {name, expected_threads, expected_blocks, std::move(argument_bytes), call};
  return true;
}

}  // namespace simulation
