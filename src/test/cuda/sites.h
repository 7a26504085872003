// The places in the kernels' text where threads wait for each other. Any one of them can be left out while a kernel runs: that is how the
// mutation test removes barriers without compiling anything again.
#pragma once
#include <cstdint>
#include <source_location>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace simulation {

struct Site {
  std::string place;  // "resident.cuh:120:5"
  const char* barrier;  // "__syncthreads"
  uint64_t passes = 0;  // by one thread each
  bool left_out = false;
};

class Sites {
 public:
  /** The site of this place, entered when it is first come by. */
  Site& at(const std::source_location& place, const char* barrier);

  /** Leaves out the barrier at this place, and no other; an empty text brings all of them back. */
  void leave_out(std::string_view place);

  /** Lines "place barrier passes", in the order in which they were come by. */
  std::string list() const;

 private:
  std::unordered_map<uint64_t, size_t> numbers_;
  std::vector<Site*> sites_;
  std::string left_out_;
};

Sites& sites();

}  // namespace simulation
