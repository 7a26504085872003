// Random numbers and functions of one number: the same as in digitlab.math and digitlab.net, in float.
#pragma once
#include "portable.cuh"

// ---- digitlab.math.Rng: SplitMix64, counter-based ----

DEVICE u64 mix(u64 z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return z ^ (z >> 31);
}

DEVICE u64 random_at(u64 key, u64 index) { return mix(key + (index + 1) * 0x9E3779B97F4A7C15ull); }

/// Uniform in [0, 1).
DEVICE float random_float_at(u64 key, u64 index) { return (float)(u32)(random_at(key, index) >> 40) * (1.0f / (1 << 24)); }

// ---- digitlab.net.Activation, in its order; softmax acts on rows: see judge.cuh ----

enum Activation { IDENTITY, SIGMOID, TANH, RELU, LEAKY_RELU, ELU, GELU, SOFTMAX };

DEVICE float normal_distribution(float z) { return 0.5f * erfcf(-0.70710678f * z); }

DEVICE float activate(int activation, float z) {
  switch (activation) {
    case SIGMOID: return 1 / (1 + expf(-z));
    case TANH: return tanhf(z);
    case RELU: return z > 0 ? z : 0;
    case LEAKY_RELU: return z > 0 ? z : 0.01f * z;
    case ELU: return z > 0 ? z : expm1f(z);
    case GELU: return z * normal_distribution(z);
    default: return z;
  }
}

/// The derivative at z.
DEVICE float slope(int activation, float z) {
  switch (activation) {
    case SIGMOID: {
      const float y = 1 / (1 + expf(-z));
      return y * (1 - y);
    }
    case TANH: {
      const float y = tanhf(z);
      return 1 - y * y;
    }
    case RELU: return z > 0 ? 1.0f : 0.0f;
    case LEAKY_RELU: return z > 0 ? 1.0f : 0.01f;
    case ELU: return z > 0 ? 1.0f : expf(z);
    case GELU: return normal_distribution(z) + z * 0.39894228f * expf(-0.5f * z * z);
    default: return 1;
  }
}

/// log(1 + e^z) without overflow.
DEVICE float softplus(float z) { return (z > 0 ? z : 0) + log1pf(expf(z > 0 ? -z : z)); }
