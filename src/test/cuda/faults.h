// What is to go wrong on purpose: rules such as "cuMemAlloc_v2@3=2" (the third call from now answers 2, out of memory), "cuInit=100" (every call
// answers 100, no device), "kernel@5=719" (the fifth kernel that runs from now on fails) and "wait@3=719" (the third wait that finds work does).
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace simulation {

class Faults {
 public:
  /** Adds rules, separated by blanks. Returns whether all could be read. */
  bool add(const std::string& rules);

  void clear() { rules_.clear(); }

  /** Counts this call; returns the code that it is to answer, or 0. */
  int next(std::string_view call);

 private:
  struct Rule {
    std::string call;
    long left;  // calls until it strikes; 0: it strikes every time
    int code;
  };

  std::vector<Rule> rules_;
};

Faults& faults();

}  // namespace simulation
