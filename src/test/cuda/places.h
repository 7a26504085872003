// Where in the kernels' text an instruction comes from.
#pragma once
#include <string>

#include "races.h"

namespace simulation {

/** Short form of an address in this library's code. */
Place place_of(const void* code);

/** "resident.cuh:120", by addr2line; the bare offset where that can't tell. */
std::string text_of(Place place);

/** Whether an address lies in this library: code, constants, tables. */
bool in_this_library(uintptr_t address);

}  // namespace simulation
