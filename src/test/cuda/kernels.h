// The kernels of this library by their names, and how their arguments travel.
#pragma once
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace simulation {

struct Kernel {
  std::string name;
  int most_threads;      // __launch_bounds__: in a block
  int least_blocks;      // and how many blocks a multiprocessor shall be able to hold at least
  std::vector<size_t> argument_bytes;
  void (*call)(const std::byte* arguments);

  static constexpr size_t SLOT = 16;  // arguments begin at multiples of it

  /** Copies the arguments, as a launch does: what happens to the originals afterwards doesn't matter. */
  std::vector<std::byte> pack(const void* const* arguments) const {
    std::vector<std::byte> packed;
    for (size_t i = 0; i < argument_bytes.size(); i++) {
      size_t at = packed.size();
      packed.resize(at + (argument_bytes[i] + SLOT - 1) / SLOT * SLOT);
      std::memcpy(packed.data() + at, arguments[i], argument_bytes[i]);
    }
    return packed;
  }
};

/** Null if there is none of that name. */
const Kernel* find_kernel(std::string_view name);

/** What KERNEL says of the function that follows it. */
bool expect_kernel(int most_threads, int least_blocks);

bool add_kernel(const char* name, std::vector<size_t> argument_bytes, void (*call)(const std::byte*));

template <auto FUNCTION>
struct Caller;

template <typename... A, void (*FUNCTION)(A...)>
struct Caller<FUNCTION> {
  template <size_t... I>
  static void call(const std::byte* arguments, std::index_sequence<I...>) {
    constexpr size_t slots[] = {0, (sizeof(A) + Kernel::SLOT - 1) / Kernel::SLOT...};
    size_t at[sizeof...(A) + 1] = {};
    for (size_t i = 1; i <= sizeof...(A); i++) {
      at[i] = at[i - 1] + slots[i] * Kernel::SLOT;
    }
    FUNCTION(*reinterpret_cast<const std::remove_cv_t<A>*>(arguments + at[I])...);
  }

  static void call(const std::byte* arguments) { call(arguments, std::index_sequence_for<A...>{}); }

  static bool add(const char* name) { return add_kernel(name, {sizeof(A)...}, call); }
};

}  // namespace simulation
