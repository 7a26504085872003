// mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32: D (16, 8) += A (16, 16) B (16, 8), each spread over the lanes of a warp as PTX ISA 9.7.14.5.8
// describes: lane 4 g + q holds of A the rows g and g + 8, of B the column g, of D the rows g and g + 8, and of these the numbers around q.
#include <bit>

#include "lanes.h"
#include "launch.h"

namespace simulation {

namespace {
/** Two numbers to a word, the first one in the lower half. */
float bf16(uint32_t word, uint32_t half) { return std::bit_cast<float>(half == 0 ? word << 16 : word & 0xffff0000u); }

/** What each lane brings. */
struct Operands {
  uint32_t a[4];
  uint32_t b[2];
};

const Operands& of(const std::byte* lanes, uint32_t lane) { return *reinterpret_cast<const Operands*>(lanes + lane * WORD); }

float a_at(const std::byte* lanes, uint32_t row, uint32_t k) {
  return bf16(of(lanes, row % 8 * 4 + k % 8 / 2).a[row / 8 + k / 8 * 2], k % 2);
}

float b_at(const std::byte* lanes, uint32_t k, uint32_t column) {
  return bf16(of(lanes, column * 4 + k % 8 / 2).b[k / 8], k % 2);
}
}  // namespace

void multiply_bf16(float* d, const uint32_t* a, const uint32_t* b) {
  static_assert(sizeof(Operands) <= WORD);
  Operands own{{a[0], a[1], a[2], a[3]}, {b[0], b[1]}};
  const std::byte* lanes = exchange(0xffffffffu, &own, sizeof own);
  uint32_t g = lane() / 4;
  uint32_t q = lane() % 4;
  for (uint32_t i = 0; i < 4; i++) {
    double sum = d[i];
    for (uint32_t k = 0; k < 16; k++) {
      sum += static_cast<double>(a_at(lanes, g + i / 2 * 8, k)) * b_at(lanes, k, q * 2 + i % 2);
    }
    d[i] = static_cast<float>(sum);
  }
}

}  // namespace simulation
