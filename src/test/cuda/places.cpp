#include "places.h"

#include <dlfcn.h>
#include <link.h>

#include <cstdio>
#include <filesystem>

namespace simulation {

namespace {
struct Library {
  uintptr_t start = 0;
  uintptr_t end = 0;
  std::string path;
};

int look_at(dl_phdr_info* info, size_t, void* into) {
  Library* library = static_cast<Library*>(into);
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const auto& part = info->dlpi_phdr[i];
    uintptr_t start = info->dlpi_addr + part.p_vaddr;
    uintptr_t probe = reinterpret_cast<uintptr_t>(&look_at);
    if (part.p_type == PT_LOAD && probe >= start && probe < start + part.p_memsz) {
      library->start = info->dlpi_addr;
      library->path = *info->dlpi_name == 0 ? std::filesystem::read_symlink("/proc/self/exe").string() : info->dlpi_name;
      for (int j = 0; j < info->dlpi_phnum; j++) {
        const auto& other = info->dlpi_phdr[j];
        uintptr_t end = info->dlpi_addr + other.p_vaddr + other.p_memsz;
        if (other.p_type == PT_LOAD && end > library->end) {
          library->end = end;
        }
      }
      return 1;
    }
  }
  return 0;
}

const Library& library() {
  static const Library found = [] {
    Library l;
    dl_iterate_phdr(look_at, &l);
    return l;
  }();
  return found;
}
}  // namespace

Place place_of(const void* code) { return static_cast<Place>(reinterpret_cast<uintptr_t>(code) - library().start); }

std::string text_of(Place place) {
  char command[4096];
  std::snprintf(command, sizeof command, "addr2line -e '%s' -i %#x 2>/dev/null", library().path.c_str(), place - 1);
  std::string text;
  if (FILE* lines = popen(command, "r")) {
    char line[1024];
    if (std::fgets(line, sizeof line, lines) != nullptr) {
      text = line;
    }
    while (std::fgets(line, sizeof line, lines) != nullptr) {
    }
    pclose(lines);
  }
  text = text.substr(0, text.find_first_of(" \n"));  // behind it: "(discriminator 3)"
  text.erase(0, text.rfind('/') + 1);
  if (text.empty() || text[0] == '?') {
    std::snprintf(command, sizeof command, "code %#x", place);
    return command;
  }
  return text;
}

bool in_this_library(uintptr_t address) { return address >= library().start && address < library().end; }

}  // namespace simulation
