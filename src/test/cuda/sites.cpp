#include "sites.h"

namespace simulation {

Sites& sites() {
  static Sites all;
  return all;
}

Site& Sites::at(const std::source_location& place, const char* barrier) {
  uint64_t key = reinterpret_cast<uintptr_t>(place.file_name()) * 0x9e3779b97f4a7c15u + place.line() * 4096 + place.column();
  auto [found, isNew] = numbers_.try_emplace(key, sites_.size());
  if (isNew) {
    std::string_view file = place.file_name();
    file.remove_prefix(file.rfind('/') + 1);  // npos + 1 is 0
    std::string name = std::string(file) + ":" + std::to_string(place.line()) + ":" + std::to_string(place.column());
    sites_.push_back(new Site{name, barrier, 0, name == left_out_});
  }
  return *sites_[found->second];
}

void Sites::leave_out(std::string_view place) {
  left_out_ = place;
  for (Site* site : sites_) {
    site->left_out = site->place == left_out_;
    site->passes = 0;
  }
}

std::string Sites::list() const {
  std::string lines;
  for (const Site* site : sites_) {
    lines += site->place + " " + site->barrier + " " + std::to_string(site->passes) + "\n";
  }
  return lines;
}

}  // namespace simulation
