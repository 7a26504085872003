// The driver's error codes that occur here, and how a rule that was broken travels to the call that reports it.
#pragma once
#include <string>

namespace simulation {

enum Code : int {
  SUCCESS = 0,
  INVALID_VALUE = 1,
  OUT_OF_MEMORY = 2,
  NOT_INITIALIZED = 3,
  NO_DEVICE = 100,
  INVALID_DEVICE = 101,
  INVALID_CONTEXT = 201,
  INVALID_HANDLE = 400,
  NOT_FOUND = 500,
  NOT_READY = 600,
  ILLEGAL_ADDRESS = 700,
  LAUNCH_OUT_OF_RESOURCES = 701,
  LAUNCH_TIMEOUT = 702,
  MISALIGNED_ADDRESS = 716,
  LAUNCH_FAILED = 719,
  COOPERATIVE_LAUNCH_TOO_LARGE = 720,
};

/** What a program did wrong: the code that a real driver would answer, and what happened, for people. */
struct Finding {
  Code code = SUCCESS;
  std::string text;

  explicit operator bool() const { return code != SUCCESS; }
};

/** "CUDA_ERROR_OUT_OF_MEMORY". */
const char* name_of(int code);

/** NVIDIA's words for it: "out of memory". */
const char* words_for(int code);

}  // namespace simulation
