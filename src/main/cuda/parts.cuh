// Float accuracy from tensor cores: pixels (0…255) are bfloat16 numbers as they are, and a float is the exact sum of three of them.
#pragma once
#include "portable.cuh"

constexpr int PARTS = 3;

/// The three parts of a value, each in the upper half of a word; the rest of the word means nothing.
DEVICE void split(float value, u32* parts) {
  parts[0] = bits_of(value);
  const float rest = value - float_of(parts[0] & 0xFFFF0000u);
  parts[1] = bits_of(rest);
  parts[2] = bits_of(rest - float_of(parts[1] & 0xFFFF0000u));
}

/// The upper halves of two words in one.
DEVICE u32 pack(u32 lower, u32 upper) { return lower >> 16 | (upper & 0xFFFF0000u); }

/// Two values as they stand beside each other in a fragment: a word for each part.
DEVICE void split_pair(float lower, float upper, u32* words, int stride) {
  u32 low[PARTS], high[PARTS];
  split(lower, low);
  split(upper, high);
#pragma unroll
  for (int p = 0; p < PARTS; p++) words[p * stride] = pack(low[p], high[p]);
}

/// Two bytes of a word, from byte I on, as bfloat16.
template <int I>
DEVICE u32 bytes_to_bf16(u32 word) {
  return pack(bits_of(byte_to_float<I>(word)), bits_of(byte_to_float<I + 1>(word)));
}
