#include "fibre.h"

#include <sys/mman.h>

#include <cstdio>
#include <cstdlib>

namespace simulation {

#ifdef __x86_64__

// Saves the registers that a called function must keep on the stack that is left, and takes them from the other one.
asm(R"(
.text
.p2align 4
simulation_change_stack:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
)");

extern "C" void simulation_change_stack(void** leave, void* enter);

void Fibre::prepare(std::byte* stack, size_t bytes, void (*body)()) {
  void** top = reinterpret_cast<void**>(stack + bytes);
  *--top = nullptr;  // where body would return to: it stands at 16 n + 8, as after a call
  *--top = reinterpret_cast<void*>(body);
  for (int i = 0; i < 6; i++) {
    *--top = nullptr;
  }
  stack_pointer = top;
}

void Fibre::enter(Fibre& from, Fibre& to) { simulation_change_stack(&from.stack_pointer, to.stack_pointer); }

#else

void Fibre::prepare(std::byte* stack, size_t bytes, void (*body)()) {
  getcontext(&context);
  context.uc_stack.ss_sp = stack;
  context.uc_stack.ss_size = bytes;
  context.uc_link = nullptr;
  makecontext(&context, body, 0);
}

void Fibre::enter(Fibre& from, Fibre& to) { swapcontext(&from.context, &to.context); }

#endif

std::byte* Stacks::get(size_t number) {
  constexpr size_t GUARD = 4096;
  std::byte*& chunk = chunks_[number / PER_CHUNK];
  if (chunk == nullptr) {
    size_t bytes = PER_CHUNK * (BYTES + GUARD);
    void* memory =
        mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) {
      std::perror("simulated CUDA driver: no memory for the stacks of a block's threads");
      std::abort();
    }
    chunk = static_cast<std::byte*>(memory);
    for (size_t i = 0; i < PER_CHUNK; i++) {
      mprotect(chunk + i * (BYTES + GUARD), GUARD, PROT_NONE);
    }
  }
  return chunk + number % PER_CHUNK * (BYTES + GUARD) + GUARD;
}

}  // namespace simulation
