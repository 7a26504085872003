#include "faults.h"

#include <cstdlib>
#include <sstream>

namespace simulation {

bool Faults::add(const std::string& rules) {
  std::istringstream text(rules);
  std::string word;
  while (text >> word) {
    size_t equals = word.find('=');
    if (equals == std::string::npos) {
      return false;
    }
    size_t at = word.find('@');
    Rule rule{word.substr(0, at < equals ? at : equals), 0, std::atoi(word.c_str() + equals + 1)};
    if (at < equals) {
      rule.left = std::atol(word.c_str() + at + 1);
    }
    rules_.push_back(rule);
  }
  return true;
}

int Faults::next(std::string_view call) {
  for (auto rule = rules_.begin(); rule != rules_.end(); ++rule) {
    if (rule->call != call) {
      continue;
    }
    int code = rule->code;
    if (rule->left == 0) {
      return code;
    }
    if (--rule->left == 0) {
      rules_.erase(rule);
      return code;
    }
  }
  return 0;
}

Faults& faults() {
  static Faults all;
  return all;
}

}  // namespace simulation
