// What a launch is told, as digitlab.engine.cuda.JobMemory writes it. Matrices are row after row; (a, b) means a rows of b.
#pragma once
#include "numbers.cuh"

constexpr int MOST_LAYERS = 64;  // digitlab.net.NetworkSpec

enum Kind { TRAIN, PREDICT, DIFFERENTIATE };
enum Loss { MSE, CROSS_ENTROPY, BINARY_CROSS_ENTROPY };

struct Layer {
  int in, out;
  int activation;
  float dropout;      // the share of outputs that is switched off
  u64 unitsAt;        // where in z, y and delta this layer's numbers lie: (capacity, out) each
  int weightsAt;      // where in the parameters: (in, out), then biases (out)
  int weightStride;   // in shared memory: from one row of weights to the next, in floats
  int roomForWeights; // in shared memory: where they lie, in floats
  int roomForZ;       // and for z, y and delta, one behind the other: (paddedRows, unitStride) each
  int unitStride;
  int biasLine;       // in shared memory the biases are this row of the weights
};

/// One batch.
struct Step {
  const u8* pixels;   // of the set: images `imageStride` bytes apart
  const u8* labels;   // of the set
  const int* numbers; // which images: (rows); those of the next step lie behind them
  float* outputs;     // PREDICT: (rows, classes)
  u64 number;         // from 1, for dropout
  int rows;
  float rate;         // Adam's holds 1/(1 - beta1^t) already
  float correction;   // of the root: Adam's 1/sqrt(1 - beta2^t), else 1
  float keep;         // AdamW's 1 - rate l2, else 1
};

struct Result {
  float loss;  // mean over the batch, before the step
  int correct;
};

/// What the optimiser remembers, laid out like the parameters; null where it has no use for it.
struct Slots {
  float* means;    // of gradients
  float* squares;  // of their squares
};

struct Job {
  float* parameters;
  Slots slots;
  float* gradient;    // DIFFERENTIATE: like the parameters
  float* z;           // train_grid: weighted sums of all layers
  float* y;           // outputs behind dropout
  float* delta;       // gradients of the loss with respect to z
  float* rowLosses;   // (capacity)
  int* rowHits;       // (capacity)
  const Step* steps;  // (stepCount)
  const int* numbersEnd; // behind the numbers of the last step
  Result* results;    // (stepCount)
  u64 dropoutKey;
  int kind;
  int stepCount;
  int layerCount;
  int imageStride;    // bytes; a multiple of 16, zeros behind the last pixel
  int loss;
  float l2;           // 0 for AdamW, which has `keep` in each step
  float straight, moving;
  float decay1, rest1; // of the mean
  float decay2, rest2; // of the square
  int parameterCount;
  int roomForPixels;  // train_resident: where things lie in shared memory, in floats
  int roomForSums;
  int sums;           // how many floats there are for partial sums
  int roomForSlots;   // -1: they stay in device memory
  int roomForAll;
  u32 barrier;        // train_grid: 0 at the start
  int paddedRows;     // train_resident: the most rows of a batch, rounded up to a multiple of 16
  Layer layers[MOST_LAYERS];
};

static_assert(sizeof(Layer) == 48 && sizeof(Step) == 56 && sizeof(Job) == 184 + 48 * MOST_LAYERS, "as in digitlab.engine.cuda.JobMemory");

/// Which outputs of a layer pass in a step: digitlab.net.DropoutMask.
struct Dropout {
  u64 key;
  float share;
  float scale;
};

DEVICE Dropout dropout_of(const Job& job, const Step& step, int layer) {
  const float share = job.kind == TRAIN ? job.layers[layer].dropout : 0;
  return {share > 0 ? random_at(job.dropoutKey, step.number * MOST_LAYERS + layer) : 0, share, 1 / (1 - share)};
}

DEVICE float pass(const Dropout& dropout, u64 index, float value) {
  if (dropout.share == 0) return value;
  return random_float_at(dropout.key, index) < dropout.share ? 0 : value * dropout.scale;
}

/// The new value of a parameter with gradient g. All of digitlab.net.Optimizer is one formula: a moving average m of the gradient and
/// one of its square, v, where the optimiser has them, and w <- w - rate (straight g + moving m) / (sqrt(v) correction + epsilon).
DEVICE float update(const Job& job, const Step& step, bool weight, float w, float g, const Slots& slots, u64 at) {
  w *= weight ? step.keep : 1;
  g += weight ? job.l2 * w : 0;
  float direction = job.straight * g;
  if (slots.means) {
    const float m = slots.means[at] = job.decay1 * slots.means[at] + job.rest1 * g;
    direction += job.moving * m;
  }
  direction *= step.rate;
  if (slots.squares) {
    const float v = slots.squares[at] = job.decay2 * slots.squares[at] + job.rest2 * g * g;
    direction /= sqrtf(v) * step.correction + 1e-8f;
  }
  return w - direction;
}

DEVICE int pieces(int whole, int piece) { return (whole + piece - 1) / piece; }

/// Copies from device to shared memory, all threads of the block together.
DEVICE void copy_words(void* to, const void* from, int bytes) {
  for (int i = threadIdx.x; i < bytes / 4; i += blockDim.x) ((u32*)to)[i] = ((const u32*)from)[i];
}
