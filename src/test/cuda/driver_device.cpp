// The driver itself, the card and its context.
#include <cstdio>

#include "driver.h"

using namespace simulation;

namespace {
/** The numbers of CUdevice_attribute. */
enum Attribute { MULTIPROCESSORS = 16, CAPABILITY_MAJOR = 75, CAPABILITY_MINOR = 76, COOPERATIVE_LAUNCH = 95, SHARED_PER_BLOCK_OPTIN = 97 };
}  // namespace

CUDA cuInit(unsigned) {
  return answer("cuInit", Needs::NOTHING, [] {
    driver().started = card().devices > 0;
    return card().devices > 0 ? Finding() : Finding{NO_DEVICE, words_for(NO_DEVICE)};
  });
}

CUDA cuDriverGetVersion(int* version) {
  return answer("cuDriverGetVersion", Needs::NOTHING, [&] {
    *version = card().driver;
    return Finding();
  });
}

CUDA cuDeviceGetCount(int* count) {
  return answer("cuDeviceGetCount", Needs::DRIVER, [&] {
    *count = card().devices;
    return Finding();
  });
}

CUDA cuDeviceGet(int* device, int number) {
  return answer("cuDeviceGet", Needs::DRIVER, [&] {
    *device = number;
    return number >= 0 && number < card().devices ? Finding() : Finding{INVALID_DEVICE, words_for(INVALID_DEVICE)};
  });
}

CUDA cuDeviceGetName(char* name, int room, int) {
  return answer("cuDeviceGetName", Needs::DRIVER, [&] {
    std::snprintf(name, static_cast<size_t>(room), "Simulated GPU");
    return Finding();
  });
}

CUDA cuDeviceTotalMem_v2(size_t* bytes, int) {
  return answer("cuDeviceTotalMem_v2", Needs::DRIVER, [&] {
    *bytes = card().memory.limit();
    return Finding();
  });
}

CUDA cuDeviceGetAttribute(int* value, int attribute, int) {
  return answer("cuDeviceGetAttribute", Needs::DRIVER, [&] {
    switch (attribute) {
      case MULTIPROCESSORS:
        *value = card().multiprocessors;
        return Finding();
      case CAPABILITY_MAJOR:
        *value = card().capability / 10;
        return Finding();
      case CAPABILITY_MINOR:
        *value = card().capability % 10;
        return Finding();
      case COOPERATIVE_LAUNCH:
        *value = card().capability >= 60;
        return Finding();
      case SHARED_PER_BLOCK_OPTIN:
        *value = static_cast<int>(card().shared_per_block());
        return Finding();
      default:
        return Finding{INVALID_VALUE, "the simulated card doesn't know its attribute " + std::to_string(attribute)};
    }
  });
}

CUDA cuDevicePrimaryCtxRetain(void** context, int device) {
  return answer("cuDevicePrimaryCtxRetain", Needs::DRIVER, [&] {
    card().current = device;
    card().contexts++;
    *context = &card();
    return Finding();
  });
}

CUDA cuDevicePrimaryCtxRelease_v2(int) {
  return answer("cuDevicePrimaryCtxRelease_v2", Needs::DRIVER, [] {
    if (card().contexts == 0) {
      return Finding{INVALID_CONTEXT, "nobody holds the primary context"};
    }
    if (--card().contexts == 0) {
      card().broken = {};
      driver().functions.clear();
      if (size_t left = driver().live()) {
        std::fprintf(stderr, "simulated CUDA driver: %zu things are left when the context ends: %zu allocations of %zu bytes, %zu page-locked, %zu streams, %zu events, %zu modules\n",
                     left, card().memory.live_allocations(), card().memory.live_bytes(), card().pinned.live_allocations(),
                     driver().streams.size(), driver().events.size(), driver().modules.size());
      }
    }
    return Finding();
  });
}

CUDA cuCtxSetCurrent(void* context) {
  return answer("cuCtxSetCurrent", Needs::DRIVER, [&] {
    context_is_current() = context != nullptr;
    return context == nullptr || context == &card() ? Finding() : Finding{INVALID_CONTEXT, words_for(INVALID_CONTEXT)};
  });
}

CUDA cuGetErrorName(int code, const char** name) {
  *name = name_of(code);
  return SUCCESS;
}

/** NVIDIA's words, and behind them what this driver knows more than a real one. */
CUDA cuGetErrorString(int code, const char** text) {
  static thread_local std::string words;
  std::lock_guard lock(driver().one_at_a_time);
  words = words_for(code);
  if (driver().last.code == code && driver().last.text != words) {
    words += " (" + driver().last.text + ")";
  }
  *text = words.c_str();
  return SUCCESS;
}
