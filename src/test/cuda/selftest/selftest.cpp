// Holds the simulated card to what it promises: right kernels run and give their numbers, wrong ones are found out, whatever the order in which
// threads run. Prints a line for each failure; the exit code is how many there were.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

extern "C" {
int cuInit(unsigned);
int cuDevicePrimaryCtxRetain(void**, int);
int cuDevicePrimaryCtxRelease_v2(int);
int cuCtxSetCurrent(void*);
int cuModuleLoadData(void**, const void*);
int cuModuleUnload(void*);
int cuModuleGetFunction(void**, void*, const char*);
int cuLaunchKernel(void*, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, void*, void**, void**);
int cuLaunchCooperativeKernel(void*, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, void*, void**);
int cuMemAlloc_v2(uintptr_t*, size_t);
int cuMemFree_v2(uintptr_t);
int cuMemAllocHost_v2(void**, size_t);
int cuMemFreeHost(void*);
int cuMemcpyHtoDAsync_v2(uintptr_t, const void*, size_t, void*);
int cuMemcpyDtoHAsync_v2(void*, uintptr_t, size_t, void*);
int cuStreamCreate(void**, unsigned);
int cuStreamSynchronize(void*);
int cuStreamDestroy_v2(void*);
int cuEventCreate(void**, unsigned);
int cuEventRecord(void*, void*);
int cuEventSynchronize(void*);
int cuEventDestroy_v2(void*);
int cuGetErrorString(int, const char**);
int simulationConfigure(const char*);
int simulationFail(const char*);
int simulationReset();
int simulationLiveAllocations();
int simulationLeaveOutBarrier(const char*);
int simulationBarriers(char*, int);
}

namespace {

constexpr int THREADS = 64;
int failures = 0;

void expect(bool right, const std::string& what) {
  if (!right) {
    std::printf("FAILED: %s\n", what.c_str());
    failures++;
  }
}

std::string words(int code) {
  const char* text = nullptr;
  cuGetErrorString(code, &text);
  return text;
}

/** A program with one module, one stream and 64 numbers on the card, which begins and ends like any other. */
class Program {
 public:
  Program() {
    void* context = nullptr;
    cuInit(0);
    cuDevicePrimaryCtxRetain(&context, 0);
    cuCtxSetCurrent(context);
    cuModuleLoadData(&module_, "// PTX");
    cuStreamCreate(&stream, 0);
    cuMemAlloc_v2(&numbers, THREADS * sizeof(float));
  }

  ~Program() {
    cuMemFree_v2(numbers);
    cuStreamDestroy_v2(stream);
    cuModuleUnload(module_);
    cuDevicePrimaryCtxRelease_v2(0);
    expect(simulationLiveAllocations() == 0, "all is given back");
  }

  /** Runs a kernel of one block, or of several; returns the code that the wait for it answers. */
  int run(const char* name, unsigned blocks = 1, bool together = false, unsigned threads = THREADS, unsigned shared = THREADS * sizeof(float)) {
    void* function = nullptr;
    if (int code = cuModuleGetFunction(&function, module_, name)) {
      return code;
    }
    void* arguments[] = {&numbers};
    int code = together ? cuLaunchCooperativeKernel(function, blocks, 1, 1, threads, 1, 1, shared, stream, arguments)
                        : cuLaunchKernel(function, blocks, 1, 1, threads, 1, 1, shared, stream, arguments, nullptr);
    return code != 0 ? code : cuStreamSynchronize(stream);
  }

  std::vector<float> read() {
    std::vector<float> values(THREADS);
    cuMemcpyDtoHAsync_v2(values.data(), numbers, THREADS * sizeof(float), stream);
    cuStreamSynchronize(stream);
    return values;
  }

  void* stream = nullptr;
  uintptr_t numbers = 0;

 private:
  void* module_ = nullptr;
};

struct Mistake {
  const char* kernel;
  int code;
  const char* says;
  unsigned blocks = 1;
  unsigned threads = THREADS;
};

constexpr Mistake MISTAKES[] = {
    {"reads_a_neighbour_without_barrier", 719, "race: "},
    {"overwrites_what_others_read", 719, "mistakes.cu:"},
    {"takes_a_warp_barrier_for_a_block_barrier", 719, "no barrier stands between"},
    {"takes_a_shuffle_for_a_barrier", 719, "race: "},
    {"writes_to_a_neighbour_in_device_memory", 719, "race: "},
    {"blocks_write_to_the_same_place", 719, "of block 1", 2},
    {"blocks_meet", 719, "cuLaunchCooperativeKernel", 2, THREADS / 2},
    {"writes_behind_its_memory", 700, "thread 63 of block 0 writes 4 bytes at byte 256 of an allocation of 256 bytes"},
    {"reads_behind_shared_memory", 700, "thread 63 of block 0 reads 4 bytes at byte 256 of 256 of shared memory"},
    {"writes_four_where_one_may", 716, "thread 1 of block 0 needs a multiple of 16"},
    {"reads_at_an_address_of_nothing", 700, "neither the card's nor its own"},
    {"reads_behind_its_own_array", 719, "of an array of its own"},
    {"leaves_before_the_barrier", 719, "thread 5 of block 0 has ended"},
    {"waits_at_two_places", 719, "divergent barrier: "},
    {"shuffles_with_half_a_warp", 719, "divergent warp: "},
};

void find_mistakes(const std::string& order) {
  simulationConfigure(order.c_str());
  for (const Mistake& mistake : MISTAKES) {
    Program program;
    int code = program.run(mistake.kernel, mistake.blocks, false, mistake.threads);
    std::string text = words(code);
    bool others = order != "order=0" && std::string(mistake.says).find("thread ") == 0;  // may be the first
    expect(code == mistake.code && (others || text.find(mistake.says) != std::string::npos),
           std::string(mistake.kernel) + ", " + order + ": " + std::to_string(code) + " " + text);
    expect(cuStreamSynchronize(program.stream) == mistake.code, "a broken context stays broken");
  }
}

void run_right_kernels() {
  Program program;
  expect(program.run("reads_a_neighbour_behind_a_barrier") == 0 && program.read()[3] == 60, "a barrier");
  expect(program.run("stays_in_its_warp") == 0 && program.read()[6] == 7, "a warp's barrier");
  expect(program.run("sums_by_shuffles") == 0 && program.read()[0] == 496 && program.read()[40] == 1520, "shuffles");
  expect(program.run("shares_a_word_by_bytes") == 0, "bytes of one word");
  expect(program.run("blocks_meet", 2, true, THREADS / 2) == 0 && program.read()[0] == 1 && program.read()[63] == 0, "blocks that meet");
  expect(program.run("trusts_fresh_shared_memory") == 0 && std::isnan(program.read()[7]), "fresh memory is NaN");
}

void leave_out_a_barrier() {
  Program program;
  expect(program.run("reads_a_neighbour_behind_a_barrier") == 0, "with its barrier");
  std::vector<char> places(10'000);
  simulationBarriers(places.data(), static_cast<int>(places.size()));
  std::string first(places.data());
  simulationLeaveOutBarrier(first.substr(0, first.find(' ')).c_str());
  expect(program.run("reads_a_neighbour_behind_a_barrier") == 719, "without it: " + first);
}

void refuse_impossible_launches() {
  Program program;
  expect(program.run("no_such_kernel") == 500, "an unknown kernel");
  expect(program.run("sums_by_shuffles", 1, false, 65) == 701, "more threads than __launch_bounds__ promises");
  expect(program.run("sums_by_shuffles", 0) == 1, "no blocks");
  expect(program.run("sums_by_shuffles", 1, false, 32, 49 << 10) == 1, "shared memory that wasn't asked for");
  expect(program.run("blocks_meet", 1000, true) == 720, "more blocks than fit at once");
  expect(program.run("sums_by_shuffles") == 0, "and it goes on");
}

/** A copy happens when somebody waits for it, neither before nor without. */
void defer_copies() {
  Program program;
  void* memory = nullptr;
  void* event = nullptr;
  cuMemAllocHost_v2(&memory, THREADS * sizeof(float));
  cuEventCreate(&event, 2);
  float* host = static_cast<float*>(memory);
  program.run("sums_by_shuffles");
  host[0] = -1;
  cuMemcpyDtoHAsync_v2(host, program.numbers, THREADS * sizeof(float), program.stream);
  cuEventRecord(event, program.stream);
  expect(host[0] == -1, "not before the wait");
  expect(cuEventSynchronize(event) == 0 && host[0] == 496, "but with it");
  expect(cuMemcpyHtoDAsync_v2(program.numbers + 4, host, THREADS * sizeof(float), program.stream) == 1, "a copy beyond its memory");
  std::vector<float> values(THREADS);
  cuMemcpyHtoDAsync_v2(program.numbers, values.data(), THREADS * sizeof(float), program.stream);
  values[5] = 1;
  expect(cuStreamSynchronize(program.stream) == 719, "what a copy takes has changed before the wait");
  cuEventDestroy_v2(event);
  cuMemFreeHost(memory);
}

void inject_faults() {
  Program program;
  uintptr_t memory = 0;
  simulationFail("cuMemAlloc_v2@2=2 kernel@2=719");
  expect(cuMemAlloc_v2(&memory, 100) == 0 && cuMemFree_v2(memory) == 0 && cuMemAlloc_v2(&memory, 100) == 2, "the second allocation fails");
  expect(program.run("sums_by_shuffles") == 0 && program.run("sums_by_shuffles") == 719, "the second kernel fails");
  expect(cuMemAlloc_v2(&memory, 100) == 719, "and then everything does");
  cuMemFree_v2(memory);
  simulationReset();
}

}  // namespace

int main() {
  simulationReset();
  run_right_kernels();
  leave_out_a_barrier();
  simulationReset();
  refuse_impossible_launches();
  defer_copies();
  inject_faults();
  for (const char* order : {"order=0", "order=1", "order=2", "order=3"}) {
    find_mistakes(order);
  }
  std::printf("%d failures\n", failures);
  return failures;
}
